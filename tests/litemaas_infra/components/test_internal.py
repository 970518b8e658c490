"""The gateway that is not exposed at all."""

import pytest

from tests.litemaas_infra.support.program import Program, run


@pytest.fixture(scope="module")
def internal() -> Program:
    return run(("standard",), openshift=False, namespace="other", exposure={"kind": "internal"})


@pytest.mark.parametrize("kind", ["Route", "Ingress"])
def test_nothing_leads_to_it_from_outside(internal: Program, kind: str) -> None:
    assert internal.all(kind) == []


def test_its_address_is_that_of_its_service(internal: Program) -> None:
    assert internal.exports["gateway_url"] == "http://litellm.other.svc:4000"
    assert internal.exports["api_endpoint"] == "http://litellm.other.svc:4000/v1"


def test_the_outputs_tell_the_way_from_elsewhere(internal: Program) -> None:
    assert (
        internal.exports["port_forward_command"] == "kubectl port-forward service/litellm 4000:4000 -n other"
    )
    assert internal.exports["admin_portal"] == "http://127.0.0.1:4000/ui"
    assert internal.exports["admin_password_command"].startswith("kubectl get secret litellm-secret -n other")


def test_openshift_can_keep_it_inside_too() -> None:
    assert run(storageClass="gp3-csi", exposure={"kind": "internal"}).all("Route") == []
