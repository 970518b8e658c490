"""A database that is lost with its volume, and has no copy: one `up` makes what is declared again."""

from typing import Any

import pytest

from tests.end_to_end.support.commands import Done
from tests.end_to_end.support.gateway import Gateway
from tests.end_to_end.support.pulumi import Stack
from tests.end_to_end.support.sandbox import NAMESPACE, oc, psql, secrets

URL = "http://litellm.localhost"


@pytest.fixture(scope="module")
def before(deployed: Done) -> dict[str, Any]:
    """What is declared, and what opens it."""
    del deployed
    return now()


def now() -> dict[str, Any]:
    ids = {name: model["model_info"]["id"] for name, model in Gateway.at(URL).models().items()}
    return {"ids": ids, "rows": psql("SELECT id FROM models ORDER BY id"), "secrets": secrets()}


def test_the_models_and_rows_are_there_again_under_the_same_passwords(
    stack: Stack, before: dict[str, Any]
) -> None:
    for lost in ("statefulset/litemaas-postgres", "persistentvolumeclaim/data-litemaas-postgres-0"):
        oc("delete", lost, "-n", NAMESPACE)
    stack.mend().says("nobody can look", "makes sure of it")
    assert now() == before
    answer = Gateway.at(URL).virtual_key().completes("granite-3-2-8b-instruct")
    assert answer.startswith("This is granite-3-2-8b-instruct.")


def test_then_nothing_is_left_to_mend(stack: Stack) -> None:
    stack.unchanged()
