"""What a person deleted is made again, as it was."""

import pytest

from tests.end_to_end.support.gateway import Gateway
from tests.end_to_end.support.pulumi import Stack
from tests.end_to_end.support.sandbox import NAMESPACE, found, oc, psql, secrets

MODEL = "mistral-7b-instruct"
ROW = "SELECT to_jsonb(models) - '{created_at,updated_at,version}'::text[] FROM models WHERE id = :'model'"
"""A row without its times, and without `version`, which only a backend's own sync writes."""

pytestmark = pytest.mark.usefixtures("deployed")


def test_a_model_and_a_row_are_made_again_under_the_same_id(stack: Stack) -> None:
    gateway = Gateway.deployed()
    other = "granite-3-2-8b-instruct"
    model_id, row = stack.outputs()["models"][MODEL], psql(ROW, model=other)
    gateway.ask("POST", "/model/delete", {"id": model_id})
    psql("DELETE FROM models WHERE id = :'model'", model=other)
    stack.mend()
    assert gateway.models()[MODEL]["model_info"]["id"] == model_id
    assert psql(ROW, model=other) == row
    assert gateway.completes(MODEL).startswith(f"This is {MODEL}.")


def test_objects_are_made_again_with_the_same_passwords(stack: Stack) -> None:
    before = secrets()
    for kind, name in (
        ("deployment", "litellm"),
        ("route", "litellm"),
        *(("secret", name) for name in before),
    ):
        oc("delete", kind, name, "-n", NAMESPACE)
    stack.mend()
    assert secrets() == before
    assert found("deployment", "litellm")["status"]["readyReplicas"] == 1
    assert Gateway.deployed().completes(MODEL).startswith(f"This is {MODEL}.")


def test_the_server_is_made_again_with_its_data(stack: Stack) -> None:
    row = psql(ROW, model=MODEL)
    oc("delete", "statefulset", "litemaas-postgres", "-n", NAMESPACE)
    stack.mend()
    assert psql(ROW, model=MODEL) == row


def test_then_nothing_is_left_to_mend(stack: Stack) -> None:
    stack.unchanged()
