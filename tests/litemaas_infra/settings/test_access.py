"""A key that names a model which the gateway doesn't serve is refused before anything is touched."""

import pytest

from litemaas_infra.errors import SettingsError
from litemaas_infra.settings.config_file import ConfigFile
from litemaas_infra.settings.load import parse
from litemaas_infra.settings.models_file import ModelsFile
from tests.litemaas_infra.support.config_files import read_text
from tests.litemaas_infra.support.models import GRANITE, granite

CONFIG = read_text("""\
model_list:
  - {model_name: steady, litellm_params: {model: ollama/a}, model_info: {access_groups: [beta]}}
  - {model_name: "openai/*", litellm_params: {model: "openai/*"}}
router_settings: {model_group_alias: {gpt-4: steady}}
""")


def _complaints(
    *models: str, config: ConfigFile = CONFIG, file: ModelsFile | None = None, **settings: object
) -> list[str]:
    keys = [{"alias": "bot"}, {"alias": "anna", "models": models}]
    values = {"models": [GRANITE], "keys": keys, **settings}
    try:
        parse(values, file or ModelsFile(), config)
    except SettingsError as error:
        return str(error).split("\n  ")[1:]
    return []


@pytest.mark.parametrize("name", ["granite", "steady", "beta", "gpt-4", "openai/gpt-4o", "openai/*"])
def test_a_key_may_name_whatever_the_gateway_serves(name: str) -> None:
    assert _complaints(name) == []


def test_a_group_of_a_registered_model_counts_and_a_model_of_a_file() -> None:
    file = ModelsFile(models=(("models.yml:1", granite(model_name="listed")),))
    grouped = {**GRANITE, "model_info": {"access_groups": ["free"]}}
    assert _complaints("free", "listed", file=file, models=[grouped]) == []


def test_another_is_named_by_its_place_with_the_one_that_was_meant() -> None:
    first, second = _complaints("granite", "granit", "nonesuch")
    path = "litemaas:keys[1].models"
    told = "is no model that the gateway serves"
    command = "pulumi config set --path"
    assert first == f"{path}[1]: {told}; did you mean granite? {command} '{path}[1]' VALUE"
    added = "add it to litemaas:models, or name another"
    assert second == f"{path}[2]: {told}; {added}: {command} '{path}[2]' VALUE"


def test_what_a_wrong_file_would_serve_is_nobodys_guess() -> None:
    wrong = ConfigFile(mistakes=("config.yaml:1: is wrong",))
    assert _complaints("steady", config=wrong) == ["config.yaml:1: is wrong"]
