"""Services that are down: the error comes in time and names the cause; afterwards all goes on."""

import json
import time
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import pytest

from litemaas_infra import names
from litemaas_infra.clients.wire import PATIENCE
from litemaas_infra.errors import DatabaseUnreachable, GatewayUnreachable
from litemaas_infra.providers.database import DatabaseProvider
from tests.live.support.models import spec
from tests.live.support.people import GatewayAdmin, kubectl, kubectl_json
from tests.live.support.pulumi import ManagedModel, crossing
from tests.live.test_database import OWN

POD = f"{names.POSTGRES}-0"
BROKEN_IMAGE = "sandbox.test/no-such-image:1"


class Outcome(NamedTuple):
    """How an operation ended during the outage, and after how many seconds."""

    error: BaseException | None
    seconds: float


class Outage(NamedTuple):
    """What was tried while a service was down."""

    gateway: Outcome
    database: Outcome
    row: Outcome


def _timed(operation: Callable[[], Any]) -> Outcome:
    started = time.monotonic()
    try:
        operation()
    except Exception as error:  # noqa: BLE001 - the tests judge it
        return Outcome(error, time.monotonic() - started)
    return Outcome(None, time.monotonic() - started)


@pytest.fixture(scope="module")
def model(site: dict[str, Any]) -> Iterator[ManagedModel]:
    served = ManagedModel(site, spec(rpm=10))
    served.create()
    yield served
    served.delete()


@pytest.fixture(scope="module")
def outage(site: dict[str, Any], model: ManagedModel) -> Outage:
    """Both services are away; the database comes back first, and both are back at the end."""
    database = crossing(
        {
            **OWN,
            "site": site,
            "database": names.BACKEND_DATABASE,
            "owner": "litemaas",
            "secret": names.BACKEND_SECRET,
        }
    )
    image = _set_image(BROKEN_IMAGE)
    try:
        _stop_gateway()
        _await_broken()
        of_database = _timed(lambda: DatabaseProvider().create(database))
        of_row = _timed(model.refresh)
        _mend_database(image)
        of_gateway = _timed(model.create)
    finally:
        _mend_database(image)
        _start_gateway()
    return Outage(of_gateway, of_database, of_row)


def _stop_gateway() -> None:
    kubectl("scale", "deployment", names.GATEWAY, "--replicas=0")
    kubectl("delete", "pod", "-l", f"app={names.GATEWAY}", "--grace-period=1")


def _start_gateway() -> None:
    kubectl("scale", "deployment", names.GATEWAY, "--replicas=1")
    kubectl("rollout", "status", f"deployment/{names.GATEWAY}", "--timeout=120s")


def _mend_database(image: str) -> None:
    if _set_image(image) != image:
        # Kubernetes waits for a broken pod to become ready before it replaces it.
        kubectl("delete", "pod", POD, "--wait=false")
    kubectl("rollout", "status", f"statefulset/{names.POSTGRES}", "--timeout=90s")


def _set_image(image: str) -> str:
    """The image of PostgreSQL before."""
    containers = ("spec", "template", "spec", "containers")
    found = kubectl_json("get", "statefulset", names.POSTGRES)
    for key in containers:
        found = found[key]
    patch = [{"op": "replace", "path": f"/{'/'.join(containers)}/0/image", "value": image}]
    kubectl("patch", "statefulset", names.POSTGRES, "--type=json", "-p", json.dumps(patch))
    return str(found[0]["image"])


def _await_broken() -> None:
    deadline = time.monotonic() + 60
    while "no-such-image" not in kubectl(
        "get", "pod", POD, "--ignore-not-found", "-o", "jsonpath={.status.containerStatuses[*].state.waiting}"
    ):
        assert time.monotonic() < deadline, "the pod does not break"
        time.sleep(0.5)


@pytest.mark.parametrize("who", ["database", "row"])
def test_a_database_that_is_down_is_told_with_the_pods_own_reason(outage: Outage, who: str) -> None:
    outcome: Outcome = getattr(outage, who)
    assert isinstance(outcome.error, DatabaseUnreachable)
    message = str(outcome.error)
    assert POD in message
    assert "ErrImagePull" in message or "ImagePullBackOff" in message
    assert outcome.seconds < 30  # the pod says more than a wait would


def test_a_gateway_that_is_down_is_waited_for_and_then_told(outage: Outage) -> None:
    assert isinstance(outage.gateway.error, GatewayUnreachable)
    assert "kubectl get pods -l app=litellm" in str(outage.gateway.error)
    assert PATIENCE <= outage.gateway.seconds < PATIENCE + 10


@pytest.mark.usefixtures("outage")
def test_after_an_outage_all_is_as_it_was(model: ManagedModel) -> None:
    assert model.refresh() == []
    model.change(rpm=20)
    model.update()
    assert model.refresh() == []


@pytest.mark.usefixtures("outage")
def test_a_gateway_that_started_without_any_model_takes_the_first(
    model: ManagedModel, gateway: GatewayAdmin
) -> None:
    gateway.delete(model.id)
    _stop_gateway()
    _start_gateway()
    assert "litellm_model" in (model.refresh() or [])
    model.create()
    assert model.refresh() == []
