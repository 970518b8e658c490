"""Pulumi, or its provider, ended in the middle of thirty models: the same command again does the rest."""

from collections.abc import Iterator

import pytest

from tests.end_to_end.support.gateway import Gateway
from tests.end_to_end.support.pulumi import Stack
from tests.end_to_end.support.sandbox import psql
from tests.end_to_end.support.under_way import under_way

MANY = 30
SOME = 8
"""Models that are there when the process is killed."""
STOPS = 20.0
"""Seconds after which an interrupted command has stopped."""
PROVIDER = "-m pulumi.dynamic"
PREFIX = "killed-"
LIKE = f"{PREFIX}%"
UP = ("up", "--yes", "--skip-preview")
DESTROY = ("destroy", "--yes", "--skip-preview", "--target", f"**::models-{PREFIX}**", "--target-dependents")


@pytest.fixture(scope="module", autouse=True)
def _declared(deployed: object, stack: Stack) -> Iterator[None]:
    """The models, in a stack that is as it was before and after."""
    del deployed
    values = {
        "litellm_model": "openai/granite-3-2-8b-instruct",
        "api_base": "http://model-endpoint.models.svc:8000/v1",
        "api_key": "os.environ/NOT_ASKED_FOR",
        "description": "one of many",
    }
    paths = {f"models[{number + 2}]": f"{PREFIX}{number}" for number in range(MANY)}
    settings = [f"{path}.model_name={name}" for path, name in paths.items()]
    settings += [f"{path}.{key}={value}" for path in paths for key, value in values.items()]
    stack.pulumi(
        "config", "set-all", "--path", *(f"--plaintext={setting}" for setting in settings)
    ).succeeded()
    yield
    stack.pulumi("config", "rm-all", "--path", *reversed(paths)).succeeded()
    stack.up().succeeded()


@pytest.fixture(scope="module")
def gateway() -> Gateway:
    return Gateway.deployed()


def served(gateway: Gateway) -> list[str]:
    """The names under which there is a deployment, one for each."""
    found = gateway.ask("GET", "/model/info")["data"]
    return sorted(m["model_name"] for m in found if m["model_name"].startswith(PREFIX))


def rows() -> list[str]:
    return psql("SELECT id FROM models WHERE id LIKE :'like' ORDER BY id", like=LIKE).split()


def all_names() -> list[str]:
    return sorted(f"{PREFIX}{number}" for number in range(MANY))


def test_an_up_whose_provider_is_killed_is_completed(stack: Stack, gateway: Gateway) -> None:
    with under_way(*stack.command(*UP)) as up:
        up.when(lambda: len(rows()) >= SOME).kill_child(PROVIDER)
        up.ended().failed()
    assert len(rows()) < MANY
    stack.up().succeeded()
    assert served(gateway) == rows() == all_names()


def test_a_destroy_whose_provider_is_killed_is_completed(stack: Stack, gateway: Gateway) -> None:
    with under_way(*stack.command(*DESTROY)) as destroy:
        destroy.when(lambda: len(rows()) <= MANY - SOME).kill_child(PROVIDER)
        destroy.ended().failed()
    assert len(rows()) > 0
    stack.pulumi(*DESTROY).succeeded()
    assert served(gateway) == rows() == []


def test_an_up_that_is_killed_is_completed(stack: Stack, gateway: Gateway) -> None:
    with under_way(*stack.command(*UP)) as up:
        up.when(lambda: len(rows()) >= SOME).kill()
        up.ended()
        assert len(rows()) < MANY
        _let_go(stack)
        stack.up().succeeded()
    assert served(gateway) == rows() == all_names()


def test_a_destroy_that_is_killed_is_completed(stack: Stack, gateway: Gateway) -> None:
    with under_way(*stack.command(*DESTROY)) as destroy:
        destroy.when(lambda: len(rows()) <= MANY - SOME).kill()
        destroy.ended()
        assert len(rows()) > 0
        _let_go(stack)
        stack.pulumi(*DESTROY).succeeded()
    assert served(gateway) == rows() == []


def test_an_up_that_is_interrupted_stops_and_is_completed(stack: Stack, gateway: Gateway) -> None:
    with under_way(*stack.command(*UP)) as up:
        up.when(lambda: len(rows()) >= SOME).interrupt()
        up.ended(within=STOPS).failed()
    assert len(rows()) < MANY
    stack.up().succeeded()
    assert served(gateway) == rows() == all_names()
    stack.unchanged()


def _let_go(stack: Stack) -> None:
    """A killed Pulumi leaves its lock; it says so, and how to take it away."""
    stack.up().failed().says("pulumi cancel")
    stack.pulumi("cancel", "--yes").succeeded()
