"""What a user is told of a setting that is wrong."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pulumi
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pulumi.runtime.settings import SETTINGS

from litemaas_infra.errors import SettingsError
from litemaas_infra.settings import load
from litemaas_infra.settings.load import parse
from tests.litemaas_infra.support.configured import configured
from tests.litemaas_infra.support.models import GRANITE

CLASS = {"storageClass": "gp3-csi"}
LISTED = {
    "model_name": "listed",
    "litellm_params": {"model": "ollama/llama3", "api_base": "http://e.example"},
}


def _complaints(**values: Any) -> list[str]:
    """The lines under the heading, one for each thing that is wrong."""
    with pytest.raises(SettingsError) as caught:
        parse({**CLASS, **values})
    heading, *lines = str(caught.value).split("\n  ")
    assert heading == "these settings are wrong:"
    return lines


def _complaint(**values: Any) -> str:
    (line,) = _complaints(**values)
    return line


@contextmanager
def _project(folder: Path, **values: str) -> Iterator[None]:
    """A running stack of a project that lies in the folder, with a models file."""
    values = {**CLASS, "modelsFile": "models.yml", **values}
    SETTINGS.root_directory = str(folder)
    try:
        with configured({f"litemaas:{name}": value for name, value in values.items()}):
            yield
    finally:
        SETTINGS.root_directory = None


@pytest.mark.parametrize(
    ("setting", "value", "problem"),
    [
        (
            "namespace",
            "Lite MaaS",
            "is not a name of small letters, digits and dashes, litemaas for instance",
        ),
        (
            "namespace",
            "litemaas\n",
            "is not a name of small letters, digits and dashes, litemaas for instance",
        ),
        ("storageSize", "10G", "is not a size in Mi, Gi or Ti, 10Gi for instance"),
        ("storageSize", "0Gi", "is not a size in Mi, Gi or Ti, 10Gi for instance"),
        ("litellmVersion", "v1.108.7", "is not a version of three numbers, 1.108.7 for instance"),
        ("litellmVersion", "latest", "is not a version of three numbers, 1.108.7 for instance"),
        ("litellmImage", "litellm", "is not an image with its tag or digest"),
        ("postgresImage", "my image:1", "is not an image with its tag or digest"),
        ("gatewayUrl", "litellm.example.com", "is not the URL of an endpoint"),
        ("gatewayUrl", "https://h:99999", "is not the URL of an endpoint"),
        ("gatewayUrl", "https://exa mple.com\n", "is not the URL of an endpoint"),
        ("gatewayUrl", "https://[::1", "is not the URL of an endpoint"),
        ("gatewayUrl", "https://a:b@example.com", "holds a user or password"),
        ("databaseAddress", "postgres", "is not HOST:PORT"),
        ("databaseAddress", "postgres:99999", "is not HOST:PORT"),
        ("verifyTls", "maybe", "is neither true nor false"),
        ("protectData", "2", "is neither true nor false"),
        ("litellmVersion", "1.82.7", "malware"),
    ],
)
def test_a_wrong_value_is_named_with_its_form_and_the_command(setting: str, value: str, problem: str) -> None:
    line = _complaint(**{setting: value})
    assert line.startswith(f"litemaas:{setting}: ")
    assert problem in line
    assert line.endswith(f"; pulumi config set litemaas:{setting} VALUE")


@pytest.mark.parametrize(
    ("field", "value", "problem"),
    [
        ("model_name", " granite", "is not one line without spaces around it"),
        ("model_name", "x" * 256, "at most 255 characters"),
        ("model_name", "gra\x00nite", "is not one line"),
        ("litellm_model", "granite 8b", "is not PROVIDER/MODEL, openai/granite-3-2-8b-instruct for instance"),
        ("api_base", "granite", "is not the URL of an endpoint, https://model.example.com/v1 for instance"),
        (
            "api_base",
            "https://e/v1/chat/completions/",
            "ends in /chat/completions, which LiteLLM adds itself",
        ),
        ("description", "a\x00b", "is not text that a database can keep"),
        ("provider", "", "is empty"),
        ("category", "x" * 101, "at most 100 characters"),
        ("context_length", 0, "should be greater than 0"),
        ("context_length", 2**31, "should be less than or equal to 2147483647"),
        ("supports_streaming", "perhaps", "is neither true nor false"),
        ("availability", "sometimes", "should be 'available' or 'unavailable'"),
        ("rpm", "many", "is not a whole number"),
        ("rpm", 1.5, "is not a whole number"),
        ("tpm", -1, "should be greater than or equal to 0"),
    ],
)
def test_a_wrong_value_of_a_model_is_named_by_its_path(field: str, value: object, problem: str) -> None:
    line = _complaint(models=[{**GRANITE, "display_name": "Granite", field: value}])
    assert line.startswith(f"litemaas:models[0].{field}: ")
    assert problem in line
    assert line.endswith(f"; pulumi config set --path 'litemaas:models[0].{field}' VALUE")


@pytest.mark.parametrize("field", ["model_name", "litellm_model"])
def test_a_model_that_lacks_something_is_named_with_what_it_lacks(field: str) -> None:
    model = {name: value for name, value in GRANITE.items() if name != field}
    line = _complaint(models=json.dumps([GRANITE | {"model_name": "other"}, model]))
    assert line == (
        f"litemaas:models[1].{field}: is not set; pulumi config set --path 'litemaas:models[1].{field}' VALUE"
    )


@pytest.mark.parametrize(
    ("value", "problem"),
    [
        (..., "is not set, and openai/... models need it"),
        ("", "is empty"),
        (5, "is not text"),
    ],
)
def test_a_missing_key_is_asked_for_as_a_secret(value: object, problem: str) -> None:
    model = {name: v for name, v in {**GRANITE, "api_key": value}.items() if v is not ...}
    command = "pulumi config set --secret --path 'litemaas:models[0].api_key', which asks for it"
    assert _complaint(models=[model]) == f"litemaas:models[0].api_key: {problem}; {command}"


@pytest.mark.parametrize(
    ("exposure", "line"),
    [
        (
            {"kind": "ingress"},
            (
                "litemaas:exposure.host: is not set, and an Ingress gets no name from the cluster; "
                "pulumi config set --path 'litemaas:exposure.host' VALUE"
            ),
        ),
        (
            {"timeout": "long"},
            (
                "litemaas:exposure.timeout: is not a whole number; "
                "pulumi config set --path 'litemaas:exposure.timeout' VALUE"
            ),
        ),
        (
            {"key": 5},
            (
                "litemaas:exposure.key: is not text; "
                "pulumi config set --secret --path 'litemaas:exposure.key', which asks for it"
            ),
        ),
        (
            "route",
            (
                "litemaas:exposure: is not a group of settings; "
                "begin it with: pulumi config set --path 'litemaas:exposure.kind' VALUE"
            ),
        ),
    ],
)
def test_a_wrong_exposure_is_named_by_its_path(exposure: object, line: str) -> None:
    value = exposure if isinstance(exposure, str) else json.dumps(exposure)
    assert _complaint(exposure=value) == line


def test_a_setting_that_no_exposure_has_is_named_with_those_it_has() -> None:
    line = _complaint(exposure=json.dumps({"hostname": "litellm.example.com"}))
    assert line.startswith("litemaas:exposure.hostname: there is no such setting; ")
    assert (
        "pulumi config rm --path 'litemaas:exposure.hostname' (there are: kind, tls, host, ingressClass, "
        in line
    )


def test_a_setting_that_does_not_exist_is_named_with_those_that_do() -> None:
    line = _complaint(storagClass="gp3-csi")
    assert line.startswith(
        "litemaas:storagClass: there is no such setting; pulumi config rm litemaas:storagClass"
    )
    assert "storageClass, storageSize" in line


def test_a_field_that_no_model_has_is_named_with_those_it_has() -> None:
    line = _complaint(models=[{**GRANITE, "max_tokens": 5}])
    assert "pulumi config rm --path 'litemaas:models[0].max_tokens' (a model has: model_name, " in line


def test_a_name_used_twice_is_named_with_the_entry_to_remove() -> None:
    line = _complaint(models=[GRANITE, {**GRANITE, "model_name": "other"}, GRANITE])
    assert line == (
        "litemaas:models[2]: is the model of litemaas:models[0] again; "
        "pulumi config rm --path 'litemaas:models[2]', or give it a `deployment`"
    )


@pytest.mark.parametrize("value", ["granite", "{}", "5", '"a"', "null"])
@pytest.mark.parametrize(
    ("setting", "first"), [("models", "models[0].model_name"), ("acceptedRisks", "acceptedRisks[0]")]
)
def test_a_list_that_is_none_is_named_with_how_one_begins(setting: str, first: str, value: str) -> None:
    assert _complaint(**{setting: value}) == (
        f"litemaas:{setting}: is not a list; begin it with: pulumi config set --path 'litemaas:{first}' VALUE"
    )


def test_an_entry_that_is_no_model_is_named() -> None:
    assert _complaint(models=["granite"]).startswith(
        "litemaas:models[0]: is not a model, which has a model_name"
    )


def test_everything_that_is_wrong_is_named_at_once() -> None:
    lines = _complaints(namespace="A", verifyTls="x", models=[{}, {}])
    assert len(lines) == 2 + 2 * 2


def test_a_holed_version_is_named_with_its_holes_and_accepted_by_their_names() -> None:
    line = _complaint(litellmVersion="1.83.9")
    assert "CVE-2026-40217" in line
    assert "acceptedRisks" in line
    risks = json.dumps(["CVE-2026-49468", "CVE-2026-40217"])
    assert parse({**CLASS, "litellmVersion": "1.83.9", "acceptedRisks": risks}).litellm_version == "1.83.9"


KEYS = st.text(min_size=6).filter(lambda key: key.strip() and key not in json.dumps(GRANITE))


@given(
    key=KEYS, wrong=st.sampled_from([{}, {"rpm": "x"}, {"api_base": 5}, {"unknown": 1}, {"model_name": ""}])
)
def test_no_key_is_ever_shown(key: str, wrong: dict[str, object]) -> None:
    model = {**GRANITE, "api_key": f"sk-{key}", **wrong}
    try:
        shown = repr(parse({**CLASS, "models": [model]}))
    except SettingsError as error:
        shown = f"{error} {error!r} {error.__cause__!r}"
    assert f"sk-{key}" not in shown
    assert repr(f"sk-{key}")[1:-1] not in shown


@pytest.mark.parametrize(
    "field", ["model_name", "litellm_model", "api_base", "availability", "rpm", "provider"]
)
def test_a_key_put_into_the_wrong_place_is_not_shown(field: str) -> None:
    key = "sk-\x00-in-the-wrong-place"
    assert key not in "".join(_complaints(models=[{**GRANITE, "display_name": "G", field: key}]))


@pytest.mark.parametrize("url", ["https://sk-secret:9x9", "ftp://me:sk-secret@host", "sk-secret"])
def test_an_address_that_is_wrong_is_not_repeated(url: str) -> None:
    assert "sk-secret" not in _complaint(gatewayUrl=url)


def test_settings_are_those_of_the_running_stack() -> None:
    with configured(
        {"litemaas:storageClass": "gp3-csi", "litemaas:models": json.dumps([GRANITE]), "aws:region": "x"}
    ):
        settings, _ = load()
    assert settings.storage_class == "gp3-csi"
    assert [model.model_name for model in settings.models] == ["granite"]


def test_the_models_of_a_file_are_served_too(tmp_path: Path) -> None:
    (tmp_path / "models.yml").write_text(f"model_list: {json.dumps([LISTED])}")
    with _project(tmp_path, models=json.dumps([GRANITE])):
        assert [model.model_name for model in load()[0].models] == ["granite", "listed"]


def _refusal(folder: Path, **values: str) -> list[str]:
    with _project(folder, **values), pytest.raises(SettingsError) as caught:
        load()
    return str(caught.value).split("\n  ")[1:]


def test_a_file_s_mistakes_are_named_together_with_the_settings_own(tmp_path: Path) -> None:
    (tmp_path / "models.yml").write_text("model_list:\n  - {}\n")
    assert _refusal(tmp_path, verifyTls="perhaps") == [
        "litemaas:verifyTls: is neither true nor false; pulumi config set litemaas:verifyTls VALUE",
        "models.yml:2: model_list[0].model_name: is not set; add it",
        "models.yml:2: model_list[0].litellm_params.model: is not set; add it",
    ]


def test_a_file_that_is_not_there_is_named_with_the_command_that_names_another(tmp_path: Path) -> None:
    (line,) = _refusal(tmp_path)
    assert line.startswith("models.yml: is not there ")
    assert line.endswith("; pulumi config set litemaas:modelsFile PATH names another")


def test_a_model_of_the_settings_and_the_file_is_refused_with_both_places(tmp_path: Path) -> None:
    (tmp_path / "models.yml").write_text(f"model_list:\n  - {json.dumps(LISTED)}")
    (line,) = _refusal(tmp_path, models=json.dumps([{**GRANITE, "model_name": "listed"}]))
    assert line.startswith("models.yml:2: is the model of litemaas:models[0] again; ")


def test_what_is_not_read_of_a_file_is_said_without_failing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    monkeypatch.setattr(pulumi.log, "info", said.append)
    (tmp_path / "models.yml").write_text("model_list: []\nrouter_settings: {}\n")
    with _project(tmp_path):
        load()
    (note,) = said
    assert note.startswith("models.yml:1: only the models are read from here, not router_settings; ")
    assert note.endswith("the gateway reads the whole of a litemaas:configFile")


def test_settings_of_other_projects_are_not_ours() -> None:
    with configured({"litemaas:storageClass": "gp3-csi", "kubernetes:namespace": "other"}):
        assert load()[0].namespace == "litemaas"


def test_the_file_that_the_gateway_reads_is_that_of_the_running_stack(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    monkeypatch.setattr(pulumi.log, "warn", said.append)
    (tmp_path / "models.yml").write_text("model_list: []\n")
    (tmp_path / "config.yaml").write_text("router_settings: {default_fallbacks: [nobody]}\n")
    with _project(tmp_path, configFile="config.yaml"):
        settings, config = load()
    assert settings.config_file == "config.yaml"
    assert config.text == "router_settings:\n  default_fallbacks:\n  - nobody\n"
    assert [note.partition(": ")[2] for note in said] == [
        "falls back to nobody, which is a model of neither this file nor the settings"
    ]


def test_a_setting_that_is_empty_is_not_set() -> None:
    settings = parse({**CLASS, "context": "", "litellmImage": "", "gatewayUrl": "", "databaseAddress": ""})
    assert settings == parse(CLASS)
    assert (settings.context, settings.gateway_url) == (None, None)
