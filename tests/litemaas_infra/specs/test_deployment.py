from hypothesis import given

from litemaas_infra import names
from litemaas_infra.specs.deployment import cleared_params, litellm_params, model_info
from litemaas_infra.specs.model import ModelSpec
from tests.litemaas_infra.support.models import SPECS, granite


def test_a_deployment_carries_the_endpoint_and_its_key() -> None:
    assert litellm_params(granite(rpm=5)) == {
        "model": "openai/granite-3-2-8b-instruct",
        "api_base": "https://granite.example.com/v1",
        "api_key": "sk-of-the-endpoint",
        "rpm": 5,
    }


@given(SPECS)
def test_a_limit_is_either_sent_or_cleared(spec: ModelSpec) -> None:
    # LiteLLM keeps what a change leaves out: a limit that is no longer wanted must be named.
    sent = set(litellm_params(spec)) & {"rpm", "tpm"}
    assert sent.isdisjoint(cleared_params(spec))
    assert sent | set(cleared_params(spec)) == {"rpm", "tpm"}


def test_the_context_length_goes_where_the_backend_reads_it() -> None:
    assert model_info(granite(context_length=8192)) == {"id": names.model_id("granite"), "max_tokens": 8192}
    assert model_info(granite()) == {"id": names.model_id("granite")}
