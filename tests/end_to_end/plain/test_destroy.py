"""`pulumi destroy` on plain Kubernetes leaves nothing of ours, and what others have."""

import pytest

from tests.end_to_end.support.pulumi import Stack
from tests.end_to_end.support.sandbox import NAMESPACE, VOLUMES, names

pytestmark = pytest.mark.usefixtures("deployed")


def test_it_leaves_neither_namespace_nor_volume_nor_ingress(stack: Stack) -> None:
    stack.destroy().succeeded()
    assert f"namespace/{NAMESPACE}" not in names("namespaces")
    assert names("pv") == names("ingress") == set()
    assert list(VOLUMES.iterdir()) == []


def test_then_the_controllers_class_is_still_there() -> None:
    assert names("ingressclass") == {"ingressclass.networking.k8s.io/traefik"}
