"""A service that fails while it is needed: one clear message within a minute; then all is mended."""

import base64

import pytest

from tests.end_to_end.support.commands import Done
from tests.end_to_end.support.gateway import Gateway
from tests.end_to_end.support.pulumi import Stack
from tests.end_to_end.support.sandbox import NAMESPACE, oc, secret

MODEL = "granite-3-2-8b-instruct"
NOWHERE = "registry.example.com/no/such:1"
PATIENCE = 60.0
"""Seconds after which a user must know what is wrong."""

pytestmark = pytest.mark.usefixtures("deployed")


ROLLOUT = 120.0
"""The same for what may pass by itself: a registry that is out of reach is asked more than once."""


def told(done: Done, cause: str, remedy: str, within: float = PATIENCE) -> None:
    """A failure in one message: the same for each resource it concerns."""
    done.failed(within).says(cause, remedy)
    errors = {line.strip() for line in done.out.partition("Diagnostics:")[2].splitlines() if "error:" in line}
    errors -= {"error: update failed"}
    assert len(errors) == 1, str(done)
    assert cause in errors.pop()


def test_a_gateway_that_is_not_reached(stack: Stack) -> None:
    with stack.with_setting("gatewayUrl", "https://127.0.0.1:1", otherwise=""):
        done = stack.up()
    told(done, "the gateway at https://127.0.0.1:1 did not answer for 30 s", "check `kubectl get pods")


def test_it_mends_with_the_setting(stack: Stack) -> None:
    stack.up().succeeded()
    stack.unchanged()


def test_an_image_of_the_gateway_that_cannot_be_had(stack: Stack) -> None:
    with stack.with_setting("litellmImage", NOWHERE, otherwise=""):
        done = stack.up()
    cause = "cannot become ready; container migrate of pod litellm-migration"
    told(done, cause, "litemaas:pullSecrets", within=ROLLOUT)
    done.says(f"its image {NOWHERE} cannot be had")
    # The pod that was there before goes on.
    assert Gateway.deployed().completes(MODEL).startswith(f"This is {MODEL}.")


def test_it_mends_with_the_image(stack: Stack) -> None:
    stack.up().succeeded()
    stack.unchanged()


def test_a_master_key_that_is_not_the_gateway_s(stack: Stack) -> None:
    key = secret("litellm-secret")["LITELLM_MASTER_KEY"]
    patch_master_key("sk-wrong")
    done = stack.pulumi("refresh", "--yes", "--skip-preview")
    told(done, "does not accept LITELLM_MASTER_KEY of Secret litellm-secret", "restart the gateway")
    assert key not in done.text


def test_it_mends_with_an_up(stack: Stack) -> None:
    stack.up().succeeded()
    stack.unchanged()


def test_a_database_that_is_not_ready(stack: Stack) -> None:
    oc("scale", "statefulset", "litemaas-postgres", "-n", NAMESPACE, "--replicas=0")
    oc("wait", "pod/litemaas-postgres-0", "-n", NAMESPACE, "--for=delete", "--timeout=60s", timeout=90)
    done = stack.pulumi("refresh", "--yes", "--skip-preview")
    told(
        done,
        "pod litemaas-postgres-0 in namespace litemaas is not ready",
        "kubectl get deployments,statefulsets",
    )


def test_it_mends_with_an_up_too(stack: Stack) -> None:
    stack.up().succeeded()
    stack.unchanged()
    assert Gateway.deployed().completes(MODEL).startswith(f"This is {MODEL}.")


def patch_master_key(key: str) -> None:
    encoded = base64.b64encode(key.encode()).decode()
    patch = f'{{"data": {{"LITELLM_MASTER_KEY": "{encoded}"}}}}'
    oc("patch", "secret", "litellm-secret", "-n", NAMESPACE, "--type=merge", "-p", patch)
