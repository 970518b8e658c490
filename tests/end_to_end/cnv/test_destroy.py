"""`pulumi destroy` on this platform too leaves nothing of ours."""

import pytest

from tests.end_to_end.support.pulumi import Stack
from tests.end_to_end.support.sandbox import NAMESPACE, VOLUMES, names

pytestmark = pytest.mark.usefixtures("deployed")


def test_it_leaves_neither_namespace_nor_volume(stack: Stack) -> None:
    stack.destroy().succeeded()
    assert f"namespace/{NAMESPACE}" not in names("namespaces")
    assert names("pv") == set()
    assert list(VOLUMES.iterdir()) == []
