"""The command that a message about a model ends with is the one that mends it."""

import pytest

from litemaas_infra.errors import SettingsError
from litemaas_infra.settings.load import parse
from litemaas_infra.specs.fields import SECRETS
from tests.litemaas_infra.support.models import GRANITE

OLLAMA = {"model_name": "llama", "litellm_model": "ollama/llama3", "api_base": "http://e.example.com"}


def _complaints(model: dict[str, object]) -> list[str]:
    with pytest.raises(SettingsError) as caught:
        parse({"storageClass": "gp3-csi", "models": [model]})
    return str(caught.value).split("\n  ")[1:]


@pytest.mark.parametrize("field", [name for name in SECRETS if name != "secret_params"])
def test_a_secret_that_is_wrong_is_asked_for_as_a_secret(field: str) -> None:
    (line,) = _complaints({**OLLAMA, field: ""})
    path = f"litemaas:models[0].{field}"
    assert line == f"{path}: is empty; pulumi config set --secret --path '{path}', which asks for it"


def test_a_secret_that_another_one_needs_is_asked_for_as_a_secret() -> None:
    (line,) = _complaints({**OLLAMA, "aws_access_key_id": "A"})
    path = "litemaas:models[0].aws_secret_access_key"
    assert line.startswith(
        f"{path}: is not set, and belongs to aws_access_key_id; pulumi config set --secret "
    )
    assert f"--path '{path}'" in line


@pytest.mark.parametrize(
    ("field", "command"),
    [
        ("secret_params", "pulumi config set --secret --path 'litemaas:models[0].secret_params.NAME', which"),
        ("params", "pulumi config set --path 'litemaas:models[0].params.NAME' VALUE"),
        ("model_info", "pulumi config set --path 'litemaas:models[0].model_info.NAME' VALUE"),
    ],
)
def test_what_is_no_map_is_told_how_one_begins(field: str, command: str) -> None:
    (line,) = _complaints({**OLLAMA, field: 5})
    assert line.startswith(f"litemaas:models[0].{field}: is not a map of names to values; {command}")


@pytest.mark.parametrize("group", ["params", "secret_params", "model_info"])
def test_what_has_a_field_of_its_own_is_removed_where_it_is(group: str) -> None:
    (line,) = _complaints({**OLLAMA, group: {"rpm": 5}})
    path = f"litemaas:models[0].{group}.rpm"
    assert line == f"{path}: has a field of its own; set that instead; pulumi config rm --path '{path}'"


def test_what_says_the_same_twice_is_removed() -> None:
    (line,) = _complaints({**GRANITE, "api_key_secret": "keys/granite"})
    path = "litemaas:models[0].api_key_secret"
    assert line == f"{path}: says the same as api_key; keep one of them; pulumi config rm --path '{path}'"


def test_a_field_of_several_types_is_named_once() -> None:
    (line,) = _complaints({**OLLAMA, "adopt": [5]})
    assert line.startswith("litemaas:models[0].adopt: ")
    assert line.endswith("; pulumi config set --path 'litemaas:models[0].adopt' VALUE")


def test_a_name_that_is_wrong_is_named_once_though_it_is_the_display_name_too() -> None:
    (line,) = _complaints({**OLLAMA, "model_name": " llama"})
    assert line.startswith("litemaas:models[0].model_name: ")


def test_text_that_looks_like_a_number_is_set_as_text() -> None:
    (line,) = _complaints({**OLLAMA, "deployment": 5})
    path = "litemaas:models[0].deployment"
    assert line == f"{path}: is not text; pulumi config set --type string --path '{path}' VALUE"


def test_a_group_s_settings_are_told_by_their_names_and_a_secret_is_asked_for_as_one() -> None:
    with pytest.raises(SettingsError) as caught:
        parse({"backend": {"kind": "own", "login": "oidc", "colour": "red", "issuer": "https://a.b"}})
    client, secret, unknown = str(caught.value).split("\n  ")[1:]
    assert client.startswith("litemaas:backend.clientId: is not set, and a login at another server")
    assert client.endswith("; pulumi config set --path 'litemaas:backend.clientId' VALUE")
    assert secret.endswith(
        "; pulumi config set --secret --path 'litemaas:backend.clientSecret', which asks for it"
    )
    assert unknown.startswith("litemaas:backend.colour: there is no such setting; pulumi config rm --path")
    assert "there are: kind, version, image, frontendImage, host, login" in unknown


def test_an_entry_that_is_no_model_is_removed() -> None:
    with pytest.raises(SettingsError, match=r"rm --path 'litemaas:models\[0\]'$"):
        parse({"storageClass": "gp3-csi", "models": ["granite"]})
