from hypothesis import given

from litemaas_infra import names
from litemaas_infra.specs.deployment import ELSEWHERE, MARK, Deployment
from litemaas_infra.specs.model import ModelSpec
from tests.litemaas_infra.support.models import SPECS, granite

ID = names.model_id("granite")
DEFAULTS: dict[str, object] = {
    "use_litellm_proxy": False,
    "use_in_pass_through": False,
    "tags": None,
    "x": [],
    "y": "",
}
"""What LiteLLM writes into its database by itself."""


def _stored(spec: ModelSpec, **params: object) -> Deployment:
    wanted = Deployment.of(spec, ID)
    return Deployment(ID, spec.model_name, {**DEFAULTS, **wanted.params, **params}, wanted.info)


def test_a_deployment_carries_the_endpoint_its_key_and_further_parameters() -> None:
    spec = granite(rpm=5, params={"temperature": 0.2}, secret_params={"token": "t"})
    assert Deployment.of(spec, ID).params == {
        "model": "openai/granite-3-2-8b-instruct",
        "api_base": "https://granite.example.com/v1",
        "api_key": "sk-of-the-endpoint",
        "rpm": 5,
        "temperature": 0.2,
        "token": "t",
    }


def test_what_the_backend_reads_goes_where_it_reads_it_and_the_rest_is_unsaid() -> None:
    said = Deployment.of(granite(context_length=8192, supports_vision=False), ID).info
    assert said == {"id": ID, "max_tokens": 8192, "supports_vision": False, MARK: ""}
    assert Deployment.of(granite(), ID).info == {"id": ID, MARK: ""}


def test_a_further_deployment_is_marked_as_which_one_it_is() -> None:
    assert Deployment.of(granite(deployment="second"), ID).info[MARK] == "second"


@given(SPECS)
def test_what_is_stored_as_wanted_needs_no_change(spec: ModelSpec) -> None:
    stored = _stored(spec)
    assert stored.changes(Deployment.of(spec, ID)) is None
    assert stored.surplus(Deployment.of(spec, ID)) == []


def test_only_what_differs_is_written() -> None:
    changes = _stored(granite(rpm=5)).changes(Deployment.of(granite(rpm=6), ID))
    assert changes is not None
    assert (changes.params, changes.info) == ({"rpm": 6}, {"id": ID})


def test_what_is_no_longer_wanted_or_never_was_is_surplus() -> None:
    stored = _stored(granite(rpm=5), stray="by hand")
    assert stored.surplus(Deployment.of(granite(), ID)) == ["rpm", "stray"]


def test_a_stray_parameter_shows_by_name_and_never_by_value() -> None:
    told = _stored(granite(params={"timeout": 5}), stray="sk-of-someone").fields(
        granite(params={"timeout": 5})
    )
    assert told["params"] == {"timeout": 5, "stray": ELSEWHERE}


def test_a_key_where_none_is_declared_shows_without_its_value() -> None:
    spec = granite(litellm_model="hosted_vllm/granite", api_key=None)
    assert _stored(spec, api_key="sk-of-someone").fields(spec)["api_key"] == ELSEWHERE


def test_a_deployment_shows_no_secret() -> None:
    assert "sk-of-the-endpoint" not in repr(Deployment.of(granite(), ID))


def test_the_secrets_that_no_message_may_repeat_are_known() -> None:
    wanted = Deployment.of(granite(secret_params={"token": "t"}, params={"a": "b"}), ID)
    assert set(wanted.secrets) == {"sk-of-the-endpoint", "t"}
