"""`pulumi up --stack cnv`, unmodified, on virtual machines with OpenShift Data Foundation."""

import pytest

from tests.end_to_end.support.gateway import Gateway
from tests.end_to_end.support.pulumi import Stack
from tests.end_to_end.support.sandbox import found

pytestmark = pytest.mark.usefixtures("deployed")


def test_the_volume_is_bound_and_of_the_platform_s_class() -> None:
    claim = found("pvc", "data-litemaas-postgres-0")
    assert claim["status"]["phase"] == "Bound"
    assert claim["spec"]["storageClassName"] == "ocs-external-storagecluster-ceph-rbd"


def test_the_gateway_answers_and_serves_no_model_yet(stack: Stack) -> None:
    assert stack.outputs()["models"] == {}
    assert Gateway.deployed().ask("GET", "/v1/models")["data"] == []


def test_nothing_is_left_to_change(stack: Stack) -> None:
    stack.unchanged()
