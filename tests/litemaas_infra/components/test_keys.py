import pytest

from litemaas_infra.errors import SettingsError
from litemaas_infra.settings.load import parse
from tests.litemaas_infra.support.models import GRANITE
from tests.litemaas_infra.support.program import Declared, Hidden, Program, run

ANNA = {"alias": "anna", "models": ["granite"], "max_budget": 100, "user_id": "anna@example.com"}


@pytest.fixture(scope="module")
def program() -> Program:
    bot = {"alias": "bot", "rotation": 2, "secret_namespace": "apps"}
    return run(storageClass="gp3-csi", models=[GRANITE], keys=[ANNA, bot])


def _key(program: Program, alias: str) -> Declared:
    (found,) = (key for key in program.all("VirtualKey") if key.inputs["alias"] == alias)
    return found


def _secret(program: Program, alias: str, namespace: str = "litemaas") -> Declared:
    called = {"name": f"litellm-key-{alias}", "namespace": namespace}
    (found,) = (s for s in program.all("Secret") if called.items() <= s.inputs["metadata"].items())
    return found


def test_each_key_s_value_is_in_a_secret_of_its_own_and_hidden(program: Program) -> None:
    for alias in ("anna", "bot"):
        values = _secret(program, alias).inputs["stringData"]
        assert values == Hidden({"api_key": f"generated-for-litellm-key-{alias}"})


def test_it_is_handed_to_another_namespace_with_the_gateway_s_address(program: Program) -> None:
    values = _secret(program, "bot", "apps").inputs["stringData"]
    base_url = "https://litellm-litemaas.apps.example.com/v1"
    assert values == Hidden({"api_key": "generated-for-litellm-key-bot", "base_url": base_url})


def test_the_gateway_s_key_has_all_that_is_declared_and_its_value_hidden(program: Program) -> None:
    anna, bot = _key(program, "anna"), _key(program, "bot")
    assert ANNA.items() <= anna.inputs.items()
    assert bot.inputs["models"] == []
    for key in (anna, bot):
        assert key.inputs["value"] == Hidden(f"generated-for-litellm-key-{key.inputs['alias']}")
        assert (key.inputs["token"], key.inputs["before"]) == ("its-token", [])


def test_a_secret_has_a_value_no_sooner_than_the_gateway_knows_it(program: Program) -> None:
    assert {"keys-anna", "litellm-ready"} <= program.needed(_secret(program, "anna"))
    assert "keys-bot" in program.needed(_secret(program, "bot", "apps"))


def test_another_rotation_is_one_of_the_value(program: Program) -> None:
    values = {value.inputs["secret"]: value.inputs.get("rotation") for value in program.all("KeyValue")}
    assert values == {"litellm-key-anna": None, "litellm-key-bot": "2"}


def test_a_value_that_is_given_is_hidden() -> None:
    given = {"alias": "anna", "value": "sk-of-the-admin-ui"}
    program = run(storageClass="gp3-csi", keys=[given])
    (value,) = program.all("KeyValue")
    assert value.inputs["given"] == Hidden("sk-of-the-admin-ui")
    shown = [r.name for r in program.resources if r is not value and "sk-of-the" in str(r.inputs)]
    assert shown == []


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
            [{"alias": "anna", "value": "sk-1"}],
            (
                "litemaas:keys[0].value: is no virtual key: LiteLLM's begin with sk-, and have 16 characters "
                "or more; pulumi config set --secret --path 'litemaas:keys[0].value', which asks for it"
            ),
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
