"""A model that names a credential which nobody declares is refused before anything is touched."""

from litemaas_infra.errors import SettingsError
from litemaas_infra.settings.config_file import ConfigFile
from litemaas_infra.settings.load import parse
from litemaas_infra.settings.models_file import ModelsFile
from tests.litemaas_infra.support.config_files import read_text
from tests.litemaas_infra.support.models import GRANITE, granite

CONFIG = read_text("""\
credential_list:
  - {credential_name: of-the-file, credential_values: {api_key: os.environ/KEY}}
""")
OPENAI = {"name": "openai", "values": {"api_key": "sk-secret"}}


def _complaints(
    named: str, *, config: ConfigFile | None = None, file: ModelsFile | None = None, **settings: object
) -> list[str]:
    model = {**GRANITE, "litellm_credential_name": named}
    values = {"models": [model], "credentials": [OPENAI], "apiKeys": {"KEY": "sk-1"}, **settings}
    try:
        parse(values, file or ModelsFile(), config or ConfigFile())
    except SettingsError as error:
        return str(error).split("\n  ")[1:]
    return []


def test_one_of_the_stack_and_one_of_the_gateway_s_own_file_may_be_named() -> None:
    assert _complaints("openai") == []
    assert _complaints("of-the-file", config=CONFIG) == []


def test_another_is_named_by_its_place_with_the_one_that_was_meant() -> None:
    path = "litemaas:models[0].litellm_credential_name"
    (told,) = _complaints("opena")
    mended = f"did you mean openai? pulumi config set --path '{path}' VALUE"
    assert told == f"{path}: is no credential of this stack; {mended}"


def test_a_file_s_model_is_told_by_its_line() -> None:
    file = ModelsFile(models=(("models.yml:3", granite(model_name="b", litellm_credential_name="azure")),))
    (told,) = _complaints("openai", file=file)
    assert told == "models.yml:3: names no credential of this stack; add 'azure' to litemaas:credentials"


def test_a_value_that_is_wrong_is_asked_for_as_a_secret() -> None:
    (told,) = _complaints("openai", credentials=[{**OPENAI, "values": {"api_key": ""}}])
    assert "pulumi config set --secret --path 'litemaas:credentials[0].values.api_key'" in told


def test_two_of_one_name_are_one_too_many() -> None:
    (told,) = _complaints("openai", credentials=[OPENAI, OPENAI])
    assert "has the name openai twice" in told
