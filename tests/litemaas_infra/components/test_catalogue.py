import pytest

from tests.litemaas_infra.support.program import Declared, Hidden, Program

each_model = pytest.mark.parametrize("model_name", ["granite", "mistral"])


def _model(program: Program, model_name: str) -> Declared:
    (model,) = (r for r in program.all("Model") if r.inputs["model_name"] == model_name)
    return model


def test_the_ids_are_exported_by_name(program: Program) -> None:
    assert set(program.exports["models"]) == {"granite", "mistral"}


def test_the_end_of_it_is_that_every_replica_serves_every_model(program: Program) -> None:
    assert {"models-granite", "models-mistral"} <= program.needed(program.one("Served"))


@each_model
def test_a_model_is_made_once_gateway_route_and_databases_are_there(
    program: Program, model_name: str
) -> None:
    needed = program.needed(_model(program, model_name))
    assert {"litellm-deployment", "exposure-route", "databases-models", "litemaas-namespace"} <= needed


@each_model
def test_a_model_ends_with_the_namespace_and_needs_no_gateway_for_it(
    program: Program, model_name: str
) -> None:
    assert _model(program, model_name).request.deletedWith.endswith("::litemaas-namespace")


def test_the_key_of_a_models_endpoint_is_a_secret_of_the_state(program: Program) -> None:
    model = _model(program, "mistral")
    assert model.inputs["api_key"] == Hidden("sk-of-mistral")
    assert "api_key" in model.request.additionalSecretOutputs


def test_models_know_where_they_are_and_hold_no_credential_of_ours(program: Program) -> None:
    assert _model(program, "granite").inputs["site"] == {
        "namespace": "litemaas",
        "verify_tls": True,
        "backend": False,
    }
