"""More replicas of the gateway, what they count together, and an update of them that nobody notices."""

import json
import signal
import sys
from collections.abc import Iterator

import pytest

from tests.end_to_end.support import steady_client
from tests.end_to_end.support.documented import follow
from tests.end_to_end.support.gateway import Gateway, ending_pods, pods
from tests.end_to_end.support.people import People
from tests.end_to_end.support.pulumi import Stack
from tests.end_to_end.support.sandbox import found, inside, names, psql
from tests.end_to_end.support.under_way import under_way

MODEL = "granite-3-2-8b-instruct"
LIMIT = 4
"""Requests per minute of a key."""

pytestmark = pytest.mark.usefixtures("no_row_is_lost")


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
    stack.unset("redis")


def test_there_are_as_many_as_are_wished_and_a_drained_node_waits_for_them(stack: Stack) -> None:
    assert len(pods()) == 2
    budget = found("poddisruptionbudget", "litellm")
    assert budget["status"]["disruptionsAllowed"] == 1
    stack.unchanged()


def _answered() -> int:
    """How many of many requests of one minute a new key gets answered."""
    key = Gateway.deployed().virtual_key(rpm_limit=LIMIT)
    codes = key.codes(MODEL, times=5 * LIMIT)
    assert set(codes) == {"200", "429"}
    return codes.count("200")


def test_each_counts_what_a_key_takes_by_itself() -> None:
    assert LIMIT < _answered() <= 2 * LIMIT


def test_no_request_fails_while_they_are_updated() -> None:
    gateway, old = Gateway.deployed(), pods()
    key = gateway.virtual_key().key
    client = (sys.executable, str(steady_client.__file__), gateway.url, key, MODEL)
    with under_way(*client) as asking:
        follow("## Limits that replicas share")
        assert not pods() & old
        asking.when(lambda: not ending_pods())
        asking.process.send_signal(signal.SIGTERM)
        said = json.loads(asking.ended().succeeded().out)
    assert said["troubles"] == []
    assert said["answers"] > 50


def test_in_a_redis_they_count_together(stack: Stack, people: People) -> None:
    assert _answered() == LIMIT
    assert people.holder.completes(MODEL).startswith(f"This is {MODEL}.")
    stack.unchanged()


def test_redis_hears_the_gateway_alone() -> None:
    asking = "import socket; socket.create_connection(('litellm-redis.litemaas.svc', 6379), 3)"
    done = inside("oc", "exec", "-n", "models", "deployment/model-endpoint", "--", "python3.11", "-c", asking)
    assert done.code != 0
    done.says("timed out")


def test_back_to_one_nothing_is_lost_or_left(stack: Stack, rows: str) -> None:
    stack.unset("scale")
    stack.unset("redis")
    stack.up().succeeded()
    assert len(pods()) == 1
    assert "poddisruptionbudget.policy/litellm" not in names("poddisruptionbudget")
    kinds = ("deployment", "service", "secret", "serviceaccount", "networkpolicy")
    assert not [name for kind in kinds for name in names(kind) if "redis" in name]
    assert psql("SELECT id, created_at FROM models ORDER BY id") == rows
    stack.unchanged()
