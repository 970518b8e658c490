import pytest

from tests.litemaas_infra.support.models import GRANITE
from tests.litemaas_infra.support.program import Hidden, Program, run

OPENAI = {"name": "openai", "values": {"api_key": "sk-secret"}}
HELD = {"name": "held", "value_secrets": {"api_key": "keys/held"}}


@pytest.fixture(scope="module")
def program() -> Program:
    named = {**GRANITE, "litellm_credential_name": "openai"}
    return run(models=[named, {**GRANITE, "model_name": "other"}], credentials=[OPENAI, HELD])


def test_its_values_are_secrets_of_the_state(program: Program) -> None:
    held, openai = sorted(program.all("Credential"), key=lambda made: str(made.inputs["name"]))
    assert openai.inputs["values"] == Hidden({"api_key": "sk-secret"})
    assert "values" in openai.request.additionalSecretOutputs
    assert held.inputs["value_secrets"] == {"api_key": "keys/held"}


def test_a_model_is_made_after_the_one_it_names_and_ends_before_it(program: Program) -> None:
    named, other = sorted(program.all("Model"), key=lambda made: str(made.inputs["model_name"]))
    assert "endpoint-credentials-openai" in program.needed(named)
    assert "endpoint-credentials-held" not in program.needed(named)
    assert "endpoint-credentials-openai" not in program.needed(other)


def test_each_is_made_once_the_gateway_is_there(program: Program) -> None:
    assert all("litellm-deployment" in program.needed(made) for made in program.all("Credential"))
