"""`pulumi destroy`: it says what goes, is refused where data is protected, and leaves nothing of ours."""

import pytest

from tests.end_to_end.support.pulumi import Stack
from tests.end_to_end.support.sandbox import NAMESPACE, VOLUMES, found, names

pytestmark = pytest.mark.usefixtures("deployed")


@pytest.fixture(scope="module")
def models_before() -> set[str]:
    return {
        item["metadata"]["uid"] for item in found("deployments,pods,secrets", namespace="models")["items"]
    }


def test_its_preview_names_the_volume(stack: Stack) -> None:
    stack.pulumi("destroy", "--preview-only").succeeded().says("PersistentVolumeClaim postgres-data")


def test_protected_data_is_not_destroyed_and_the_setting_is_named(stack: Stack) -> None:
    before = names("pods,pvc,secrets,deployments,statefulsets,routes,services")
    stack.set("protectData", "true")
    stack.up().succeeded()
    stack.destroy().failed().says("protectData")
    assert names("pods,pvc,secrets,deployments,statefulsets,routes,services") == before


def test_unprotected_it_is_destroyed(stack: Stack, models_before: set[str]) -> None:
    assert models_before
    stack.set("protectData", "false")
    stack.up().succeeded()
    stack.destroy().succeeded()


def test_then_neither_namespace_nor_volume_is_left() -> None:
    assert f"namespace/{NAMESPACE}" not in names("namespaces")
    assert names("pv") == set()
    assert list(VOLUMES.iterdir()) == []


def test_then_others_are_as_they_were(models_before: set[str]) -> None:
    now = found("deployments,pods,secrets", namespace="models")["items"]
    assert {item["metadata"]["uid"] for item in now} == models_before


def test_a_second_destroy_has_nothing_to_do(stack: Stack) -> None:
    stack.destroy().succeeded()
