"""The variables of LiteMaaS's Ansible collection, as settings of a stack."""

from pathlib import Path
from typing import Any

import pytest

from litemaas_infra.errors import SettingsError
from litemaas_infra.settings.extra_vars import Translation, translate
from litemaas_infra.settings.load import read
from tests.litemaas_infra.support.models import GRANITE

P = "ocp4_workload_litemaas_"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "extra-vars.yml"


def _of(file: Path, text: str) -> Translation:
    file.write_text(text)
    return translate(file, file.parent)


def _set(file: Path, **variables: str) -> Translation:
    return _of(file, "".join(f"{P}{name}: {value}\n" for name, value in variables.items()))


def test_the_variables_of_seed_001_become_settings(file: Path) -> None:
    found = _set(
        file,
        namespace="rhpds",
        version="0.1.2",
        cloud_provider="aws",
        postgres_storage_class="gp3-csi",
        postgres_storage_size="50Gi",
    )
    assert found.settings == {"namespace": "rhpds", "storageClass": "gp3-csi", "storageSize": "50Gi"}
    assert (found.supply, found.mistakes) == ((), ())
    assert found.notes == (f"{file}:3: {P}cloud_provider: has no meaning here",)


@pytest.mark.parametrize(
    ("variables", "settings"),
    [
        ({"cluster_domain": "apps.x.y"}, {"appsDomain": "apps.x.y"}),
        ({"route_name": "rhpds"}, {"exposure": {"host": "litellm-rhpds.apps.x.y"}}),
        ({"api_route_prefix": "maas"}, {"exposure": {"host": "maas.apps.x.y"}}),
        ({"ha_litellm_replicas": "3"}, {"scale": {"replicas": 3}}),
        ({"ha_litellm_replicas": "'3'"}, {"scale": {"replicas": 3}}),
        ({"ha_enable_redis": "true"}, {"redis": {"kind": "own"}}),
        ({"ha_enable_redis": "'no'"}, {"redis": {"kind": "none"}}),
        ({"ha_postgres_pvc_size": "20Gi"}, {"storageSize": "20Gi"}),
        ({"models_sync_from_litellm": "true"}, {"rows": {"sync": True}}),
        ({"models_cleanup_orphaned": "true"}, {"rows": {"orphans": "delete"}}),
        ({"deploy_backend": "false", "oauth_client_id": "a"}, {}),
        ({"deploy_backend": "true", "oauth_client_id": "a"}, {"backend": {"kind": "own", "clientId": "a"}}),
        (
            {"deploy_frontend": "yes", "frontend_route_prefix": "web", "admin_emails": "[anna, ben]"},
            {"backend": {"kind": "own", "host": "web.apps.x.y", "admins": ["anna", "ben"]}},
        ),
        (
            {"oauth_enabled": "true", "version": "0.4.0"},
            {"backend": {"kind": "own", "version": "0.4.0"}},
        ),
        (
            {"deploy_backend": "true", "backend_image": "quay.io/me/b", "backend_tag": "main"},
            {"backend": {"kind": "own", "image": "quay.io/me/b:main"}},
        ),
        (
            {"deploy_backend": "true", "default_user_max_budget": "2000", "default_user_rpm_limit": "5"},
            {
                "backend": {
                    "kind": "own",
                    "variables": {"DEFAULT_USER_MAX_BUDGET": "2000", "DEFAULT_USER_RPM_LIMIT": "5"},
                }
            },
        ),
    ],
)
def test_each_variable_becomes_its_setting(
    file: Path, variables: dict[str, str], settings: dict[str, Any]
) -> None:
    found = _set(file, **{"cluster_domain": "apps.x.y"} | variables)
    assert found.settings == {"appsDomain": "apps.x.y"} | settings
    assert found.mistakes == ()
    read(dict(found.settings), file.parent)  # settings that `pulumi up` takes


def test_the_highly_available_form_s_disk_is_the_one_that_was_made(file: Path) -> None:
    found = _set(file, postgres_storage_size="10Gi", ha_postgres_pvc_size="20Gi")
    assert found.settings == {"storageSize": "20Gi"}
    assert "meant nothing beside ha_postgres_pvc_size" in found.notes[0]


def test_a_login_at_google_is_one_of_openid_connect_whose_secret_has_to_be_supplied(file: Path) -> None:
    found = _set(
        file,
        oauth_enabled="true",
        oauth_provider="google",
        oauth_client_id="me",
        oauth_client_secret="hidden",
    )
    of_google = {"login": "oidc", "issuer": "https://accounts.google.com", "clientId": "me"}
    assert found.settings == {"backend": {"kind": "own"} | of_google}
    assert found.supply == ("pulumi config set --path --secret litemaas:backend.clientSecret",)
    assert found.mistakes == ()
    assert "hidden" not in repr(found)


def test_models_are_read_from_the_file_as_they_are(file: Path) -> None:
    fields = "".join(f"    {name}: {value}\n" for name, value in GRANITE.items())
    found = _of(file, f"{P}litellm_models:\n  -{fields[3:]}")
    assert found.settings == {"modelsFile": str(file)}
    assert found.mistakes == ()
    assert "want `adopt: true` there" in found.notes[0]
    assert read(dict(found.settings), file.parent).settings.models[0].model_name == "granite"


def test_what_is_wrong_with_a_model_is_told(file: Path) -> None:
    found = _of(file, f"{P}litellm_models:\n  - model_name: granite\n")
    assert any("litellm_model: is not set; add it" in mistake for mistake in found.mistakes)


def test_passwords_are_told_to_be_kept_and_are_not_shown_even_in_a_vault(file: Path) -> None:
    text = f"{P}postgres_password: hidden\n{P}jwt_secret: !vault |\n  $ANSIBLE_VAULT;1.1;AES256\n  6162\n"
    found = _of(file, text)
    assert found.mistakes == ()
    assert [note.partition(": ")[2] for note in found.notes] == [
        f"{P}{name}: is not needed: what the namespace's Secrets hold is kept"
        for name in ("postgres_password", "jwt_secret")
    ]
    assert "hidden" not in repr(found)


@pytest.mark.parametrize(
    ("variables", "told"),
    [
        ({"namespace": "'{{ guid }}'"}, "namespace: is an expression that only Ansible evaluates"),
        ({"namespace": "[a]"}, "namespace: is not one value"),
        ({"ha_litellm_replicas": "many"}, "ha_litellm_replicas: is not a whole number"),
        ({"deploy_backend": "perhaps"}, "deploy_backend: is neither true nor false"),
        ({"api_route_prefix": "maas"}, "api_route_prefix: has no host without cluster_domain"),
        ({"oauth_provider": "github"}, "oauth_provider: is a login that is not known here"),
        ({"backend_image": "quay.io/me/b"}, "backend_image: has no tag; write backend_tag"),
        ({"ha_litellm_replicas": "5"}, "litemaas:scale: is up to 5 replicas"),
        ({"postgres_storage_size": "10G"}, "litemaas:storageSize: is not a size"),
    ],
)
def test_what_cannot_be_translated_is_told_with_what_mends_it(
    file: Path, variables: dict[str, str], told: str
) -> None:
    (mistake,) = _set(file, **variables).mistakes
    assert told in mistake


def test_variables_that_nothing_comes_of_are_told_with_the_reason(file: Path) -> None:
    found = _of(file, f"{P}litellm_memory_limit: 1Gi\n{P}colour: red\n")
    assert found.notes == (
        f"{file}:1: {P}litellm_memory_limit: is left to the stack, whose pods have sizes of their own",
        f"{file}:2: {P}colour: is no variable of the collection's that is known here; nothing is made of it",
    )


def test_variables_of_others_are_named_once(file: Path) -> None:
    (note,) = _of(file, "guid: abc\nocp_username: me\n").notes
    assert note == f"{file}:1: nothing comes of what is not LiteMaaS's: guid, ocp_username"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("$ANSIBLE_VAULT;1.1;AES256\n6162\n", "only Ansible opens it; name what `ansible-vault view"),
        ("- a\n", "holds no variables; name the file"),
        ("", "holds no variables; name the file"),
        ("a: [\n", "is not YAML"),
    ],
)
def test_what_is_no_file_of_variables_is_refused(file: Path, text: str, told: str) -> None:
    with pytest.raises(SettingsError, match=told):
        _of(file, text)


def test_a_file_that_is_not_there_is_named(file: Path) -> None:
    with pytest.raises(SettingsError, match=r"extra-vars.yml is not there"):
        translate(file, file.parent)
