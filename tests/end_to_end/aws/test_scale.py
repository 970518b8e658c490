"""More replicas of the gateway, and an update of them that nobody notices."""

import json
import signal
import sys
from collections.abc import Iterator

import pytest

from tests.end_to_end.support import steady_client
from tests.end_to_end.support.documented import follow
from tests.end_to_end.support.gateway import Gateway, ending_pods, pods
from tests.end_to_end.support.pulumi import Stack
from tests.end_to_end.support.sandbox import found, names, psql
from tests.end_to_end.support.under_way import under_way

MODEL = "granite-3-2-8b-instruct"


@pytest.fixture(scope="module")
def rows(deployed: object) -> str:
    """What must stay."""
    del deployed
    return psql("SELECT id, created_at FROM models ORDER BY id")


@pytest.fixture(scope="module", autouse=True)
def replicas(stack: Stack, rows: str) -> Iterator[None]:
    """Two, for as long as these tests run."""
    del rows
    follow("## Several replicas of the gateway")
    yield
    stack.unset("scale")
    stack.unset("apiKeys")


def test_there_are_as_many_as_are_wished_and_a_drained_node_waits_for_them(stack: Stack) -> None:
    assert len(pods()) == 2
    budget = found("poddisruptionbudget", "litellm")
    assert budget["status"]["disruptionsAllowed"] == 1
    stack.unchanged()


def test_no_request_fails_while_they_are_updated(stack: Stack) -> None:
    gateway, old = Gateway.deployed(), pods()
    key = gateway.virtual_key().key
    client = (sys.executable, str(steady_client.__file__), gateway.url, key, MODEL)
    with under_way(*client) as asking:
        stack.set_from_input("apiKeys.SPARE_KEY", "sk-spare", "--secret")
        stack.up().succeeded()
        assert not pods() & old
        asking.when(lambda: not ending_pods())
        asking.process.send_signal(signal.SIGTERM)
        said = json.loads(asking.ended().succeeded().out)
    assert said["troubles"] == []
    assert said["answers"] > 50


def test_back_to_one_nothing_is_lost_or_left(stack: Stack, rows: str) -> None:
    stack.unset("scale")
    stack.unset("apiKeys")
    stack.up().succeeded()
    assert len(pods()) == 1
    assert "poddisruptionbudget.policy/litellm" not in names("poddisruptionbudget")
    assert psql("SELECT id, created_at FROM models ORDER BY id") == rows
    stack.unchanged()
