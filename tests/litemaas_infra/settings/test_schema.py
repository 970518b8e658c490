import json

import pytest

from litemaas_infra.errors import SettingsError
from litemaas_infra.settings.load import parse
from litemaas_infra.specs.advisories import refusal
from litemaas_infra.specs.backend import Backend
from litemaas_infra.specs.backup import Backup
from litemaas_infra.specs.chat import Chat
from litemaas_infra.specs.database import Database
from litemaas_infra.specs.exposure import Exposure
from litemaas_infra.specs.monitoring import Monitoring
from litemaas_infra.specs.redis import Redis
from litemaas_infra.specs.rows import Rows
from litemaas_infra.specs.scale import Scale
from litemaas_infra.specs.takeover import Takeover
from tests.litemaas_infra.support.models import GRANITE

DIGEST = f"@sha256:{'0123456789abcdef' * 4}"
DEFAULT = parse({"storageClass": "gp3-csi"})


def test_the_defaults_are_those_of_the_documentation() -> None:
    assert DEFAULT.model_dump() == {
        "namespace": "litemaas",
        "context": None,
        "platform": None,
        "apps_domain": None,
        "storage_class": "gp3-csi",
        "storage_size": "10Gi",
        "accepted_risks": frozenset(),
        "litellm_version": "1.108.7",
        "litellm_image": None,
        "postgres_image": "public.ecr.aws/docker/library/postgres:16-bookworm",
        "pull_secrets": (),
        "exposure": Exposure().model_dump(),
        "database": Database().model_dump(),
        "scale": Scale().model_dump(),
        "redis": Redis().model_dump(),
        "gateway_url": None,
        "database_address": None,
        "verify_tls": True,
        "backend": Backend().model_dump(),
        "chat": Chat().model_dump(),
        "backup": Backup().model_dump(),
        "takeover": Takeover().model_dump(),
        "rows": Rows().model_dump(),
        "monitoring": Monitoring().model_dump(),
        "protect_data": False,
        "models": (),
        "config_file": None,
        "api_keys": {},
        "models_file": None,
        "keys": (),
        "teams": (),
        "users": (),
        "budgets": (),
        "credentials": (),
    }


def test_the_default_version_has_no_known_hole() -> None:
    # Pydantic checks what is given, not what is the default.
    assert refusal(DEFAULT.litellm_version, frozenset()) is None


def test_the_gateways_image_follows_from_the_version_unless_it_is_given() -> None:
    assert DEFAULT.gateway_image == "ghcr.io/berriai/litellm-non_root:v1.108.7"
    other = parse({"storageClass": "x", "litellmImage": f"quay.io/me/litellm{DIGEST}"})
    assert other.gateway_image == f"quay.io/me/litellm{DIGEST}"


@pytest.mark.parametrize(
    "image", ["litellm:1", f"litellm:1{DIGEST}", "quay.io:443/me/litellm:v1.2-rc.3", f"quay.io:443/a{DIGEST}"]
)
def test_an_image_has_a_tag_a_digest_or_both(image: str) -> None:
    assert parse({"litellmImage": image}).gateway_image == image


@pytest.mark.parametrize("image", ["quay.io:443/me/litellm", "litellm", "litellm@sha256:0", "litellm:", ":1"])
def test_an_image_that_any_push_could_change_unseen_is_refused(image: str) -> None:
    with pytest.raises(SettingsError, match="is not an image with its tag or digest"):
        parse({"litellmImage": image})


def test_a_domain_of_its_own_gives_the_gateways_route_its_host() -> None:
    own = parse({"appsDomain": "apps.example.com", "namespace": "other"}).of_cluster.shape.exposure
    assert own.host == "litellm-other.apps.example.com"
    named = parse({"appsDomain": "apps.example.com", "exposure": {"host": "llm.example.com"}})
    assert named.of_cluster.shape.exposure.host == "llm.example.com"
    assert DEFAULT.of_cluster.shape.exposure.host is None


@pytest.mark.parametrize(
    "settings", [{"storageSize": "512Mi"}, {"storageSize": "2Ti"}, {"databaseAddress": "db.example.com:5432"}]
)
def test_other_valid_forms_are_accepted(settings: dict[str, str]) -> None:
    parse({"storageClass": "x", **settings})


def test_pulumis_texts_become_values() -> None:
    settings = parse(
        {
            "storageClass": "x",
            "verifyTls": "false",
            "protectData": "true",
            "acceptedRisks": '["CVE-1"]',
            "models": json.dumps([{**GRANITE, "rpm": "120", "context_length": 8192.0}]),
        }
    )
    assert (settings.verify_tls, settings.protect_data) == (False, True)
    assert settings.accepted_risks == {"CVE-1"}
    assert (settings.models[0].rpm, settings.models[0].context_length) == (120, 8192)


def test_settings_cannot_be_changed_after_they_were_checked() -> None:
    with pytest.raises(ValueError, match="frozen"):
        DEFAULT.namespace = "other"


def test_a_server_of_the_stack_is_not_asked_for_more_connections_than_it_has() -> None:
    for scale in ({"replicas": 5}, {"maxReplicas": 5}):
        with pytest.raises(SettingsError, match=r"litemaas:scale: is up to 5 .*litemaas:database"):
            parse({"scale": scale})
        existing = {"kind": "existing", "host": "db.example.com"}
        assert parse({"scale": scale, "database": existing}).scale.most == 5


def test_the_chat_asks_no_gateway_that_speaks_tls_alone() -> None:
    exposure = {"kind": "route", "tls": "reencrypt"}
    with pytest.raises(SettingsError, match=r"litemaas:chat: is enabled.* litemaas:exposure.tls edge"):
        parse({"exposure": exposure, "chat": {"enabled": True}})
    assert parse({"exposure": exposure, "chat": {"enabled": False}}).exposure.reencrypts
