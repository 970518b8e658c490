"""Pulumi's state lost: the next `up` finds everything in the cluster, and changes nothing of it."""

from dataclasses import dataclass
from typing import Any

import pytest

from tests.end_to_end.support.gateway import Gateway
from tests.end_to_end.support.pulumi import Stack
from tests.end_to_end.support.sandbox import found, secrets

MODEL = "granite-3-2-8b-instruct"

pytestmark = pytest.mark.usefixtures("deployed")


@dataclass(frozen=True)
class Seen:
    """What must survive."""

    secrets: dict[str, dict[str, str]]
    uids: dict[str, str]
    models: dict[str, Any]

    @classmethod
    def now(cls) -> "Seen":
        kinds = "pods,pvc,secrets,routes,services,deployments,statefulsets"
        items = found(kinds)["items"]
        return cls(
            secrets(),
            {f"{item['kind']} {item['metadata']['name']}": item["metadata"]["uid"] for item in items},
            {name: model["model_info"]["id"] for name, model in Gateway.deployed().models().items()},
        )


@pytest.fixture(scope="module")
def before() -> Seen:
    return Seen.now()


@pytest.fixture(scope="module")
def virtual_key() -> Gateway:
    return Gateway.deployed().virtual_key()


def test_an_up_on_an_empty_state_takes_over_what_is_there(
    stack: Stack, before: Seen, virtual_key: Gateway
) -> None:
    del before, virtual_key  # are to be there first
    stack.pulumi("stack", "rm", "--force", "--yes", "--preserve-config").succeeded()
    stack.pulumi("stack", "init").succeeded()
    stack.up().succeeded().says(" created")


def test_passwords_volume_pods_and_models_are_the_same(before: Seen) -> None:
    assert Seen.now() == before


def test_a_virtual_key_of_before_still_opens_the_models(virtual_key: Gateway) -> None:
    assert virtual_key.completes(MODEL).startswith(f"This is {MODEL}.")


def test_then_nothing_is_left_to_change(stack: Stack) -> None:
    stack.unchanged()
