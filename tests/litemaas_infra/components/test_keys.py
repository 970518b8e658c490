import pytest

from litemaas_infra.errors import SettingsError
from litemaas_infra.settings.load import parse
from tests.litemaas_infra.support.models import GRANITE
from tests.litemaas_infra.support.program import Declared, Hidden, Program, run

ANNA = {"alias": "anna", "models": ["granite"], "max_budget": 100, "user_id": "anna@example.com"}


@pytest.fixture(scope="module")
def program() -> Program:
    return run(storageClass="gp3-csi", models=[GRANITE], keys=[ANNA, {"alias": "bot"}])


def _key(program: Program, alias: str) -> Declared:
    (found,) = (key for key in program.all("VirtualKey") if key.inputs["alias"] == alias)
    return found


def test_each_key_s_value_is_in_a_secret_of_its_own_and_hidden(program: Program) -> None:
    for alias in ("anna", "bot"):
        values = program.one("Secret", f"litellm-key-{alias}").inputs["stringData"]
        assert values == Hidden({"api_key": f"generated-for-litellm-key-{alias}-api_key"})


def test_the_gateway_s_key_holds_no_value_and_all_that_is_declared(program: Program) -> None:
    anna, bot = _key(program, "anna"), _key(program, "bot")
    assert ANNA.items() <= anna.inputs.items()
    assert anna.inputs["secret"] == "litellm-key-anna"
    assert bot.inputs["models"] == []
    assert "generated-for" not in str(anna.inputs) + str(bot.inputs)


def test_a_key_comes_after_its_secret_and_the_models(program: Program) -> None:
    needed = program.needed(_key(program, "anna"))
    assert {"keys-litellm-key-anna", "litellm-ready"} <= needed


def test_no_key_is_declared_unless_asked_for() -> None:
    assert run(storageClass="gp3-csi").all("VirtualKey") == []


@pytest.mark.parametrize(
    ("keys", "told"),
    [
        (
            [{"alias": "anna"}, {"alias": "anna"}],
            "litemaas:keys: has the alias anna twice; remove one: pulumi config rm --path 'litemaas:keys[1]'",
        ),
        (
            [{"alias": "anna", "model": "x"}],
            "litemaas:keys[0].model: there is no such setting; pulumi config rm",
        ),
        (
            [{"models": ["x"]}],
            "litemaas:keys[0].alias: is not set; pulumi config set --path 'litemaas:keys[0].alias'",
        ),
        (
            "anna",
            "litemaas:keys: is not a list; begin it with: pulumi config set --path 'litemaas:keys[0].alias'",
        ),
    ],
)
def test_what_is_wrong_with_a_key_is_told_with_what_mends_it(keys: object, told: str) -> None:
    with pytest.raises(SettingsError) as refused:
        parse({"keys": keys})
    assert told in str(refused.value)
