"""The variables that models name are given, or asked for."""

import json
from pathlib import Path

import pytest

from litemaas_infra.errors import SettingsError
from litemaas_infra.settings.config_file import read
from litemaas_infra.settings.load import parse
from litemaas_infra.settings.variables import unsure
from tests.litemaas_infra.support.models import GRANITE

CONFIG = """\
model_list:
  - model_name: configured
    litellm_params: {model: openai/a, api_key: os.environ/A_KEY}
router_settings:
  fallbacks: [{configured: [granite, nobody]}]
"""


def _config(folder: Path, text: str = CONFIG) -> str:
    (folder / "config.yaml").write_text(text)
    return "config.yaml"


def _complaints(folder: Path, **values: object) -> list[str]:
    config = read(_config(folder), folder)
    with pytest.raises(SettingsError) as caught:
        parse({name: json.dumps(value) for name, value in values.items()}, config=config)
    return str(caught.value).split("\n  ")[1:]


def test_a_variable_that_no_key_has_is_told_with_its_line_and_the_command_that_sets_it(
    tmp_path: Path,
) -> None:
    assert _complaints(tmp_path) == [
        (
            "config.yaml:3: names os.environ/A_KEY, which is not set; "
            "pulumi config set --path --secret 'litemaas:apiKeys.A_KEY', which asks for it"
        )
    ]


def test_a_model_that_the_file_has_too_is_told_with_both_places(tmp_path: Path) -> None:
    model = {**GRANITE, "model_name": "configured"}
    assert _complaints(tmp_path, models=[model], apiKeys={"A_KEY": "x"}) == [
        (
            "config.yaml:2: is the model of litemaas:models[0] too, and users would get either; "
            "pulumi config rm --path 'litemaas:models[0]'"
        )
    ]


def test_what_others_may_know_is_told_without_failing(tmp_path: Path) -> None:
    config = read(_config(tmp_path), tmp_path)
    models = [{**GRANITE, "api_key": "os.environ/B_KEY"}]
    settings = parse({"models": json.dumps(models), "apiKeys": '{"A_KEY": "x"}'}, config=config)
    assert list(unsure(settings, config)) == [
        (
            "granite: names os.environ/B_KEY, which this stack does not set; "
            "pulumi config set --path --secret 'litemaas:apiKeys.B_KEY', which asks for it"
        ),
        "config.yaml:5: falls back to nobody, which is a model of neither this file nor the settings",
    ]


def _refusal(**values: object) -> str:
    with pytest.raises(SettingsError) as caught:
        parse(
            {name: value if isinstance(value, str) else json.dumps(value) for name, value in values.items()}
        )
    (line,) = str(caught.value).split("\n  ")[1:]
    return line


@pytest.mark.parametrize("name", ["LITELLM_MASTER_KEY", "STORE_MODEL_IN_DB"])
def test_a_key_that_is_called_like_a_variable_of_ours_is_refused(name: str) -> None:
    assert _refusal(apiKeys={name: "hidden"}) == (
        f"litemaas:apiKeys.{name}: is a variable that this stack sets itself; give the key another name; "
        f"pulumi config rm --path 'litemaas:apiKeys.{name}'"
    )


def test_a_key_that_is_called_like_no_variable_is_refused() -> None:
    assert _refusal(apiKeys={"my-key": "hidden"}) == (
        "litemaas:apiKeys.my-key: is not a variable's name, OPENAI_API_KEY for instance; "
        "pulumi config rm --path 'litemaas:apiKeys.my-key'"
    )


@pytest.mark.parametrize(("value", "problem"), [("", "is empty"), (5, "is not text")])
def test_a_key_that_is_wrong_is_asked_for_as_a_secret(value: object, problem: str) -> None:
    assert _refusal(apiKeys={"A_KEY": value}) == (
        f"litemaas:apiKeys.A_KEY: {problem}; "
        "pulumi config set --secret --path 'litemaas:apiKeys.A_KEY', which asks for it"
    )


def test_keys_that_are_no_group_are_told_how_one_begins() -> None:
    assert _refusal(apiKeys="sk-hidden") == (
        "litemaas:apiKeys: is not a group of settings; "
        "begin it with: pulumi config set --path --secret 'litemaas:apiKeys.NAME', which asks for it"
    )


def test_a_version_that_drops_a_files_models_is_refused_with_it() -> None:
    risks = ["CVE-2026-49468", "CVE-2026-42271", "CVE-2026-35030", "CVE-2026-35029", "CVE-2026-42203"]
    line = _refusal(
        litellmVersion="1.74.7", acceptedRisks=[*risks, "CVE-2026-40217"], configFile="config.yaml"
    )
    assert line.startswith("litemaas:configFile: is set, and LiteLLM 1.74.7 drops a file's models")


def test_no_key_is_shown() -> None:
    assert "hidden" not in repr(parse({"apiKeys": '{"A_KEY": "sk-hidden"}'}))
