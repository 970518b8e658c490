"""`pulumi destroy`: it says what goes, is refused where data is protected, and leaves nothing of ours."""

from collections.abc import Iterator

import pytest

from tests.end_to_end.support.people import People
from tests.end_to_end.support.pulumi import Stack
from tests.end_to_end.support.sandbox import NAMESPACE, VOLUMES, found, names

EVERY_PART = {"backend.kind": "own", "scale.replicas": "2", "redis.kind": "own"}
READY = {"litellm": 2, "litellm-redis": 1, "litemaas-backend": 1, "litemaas-frontend": 1}
"""The replicas of each Deployment that these make."""

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


@pytest.fixture(scope="module")
def every_part(stack: Stack) -> Iterator[None]:
    """Of the settings, for as long as these tests run."""
    for path, value in EVERY_PART.items():
        stack.set(path, value)
    yield
    for path in EVERY_PART:
        stack.unset(path.partition(".")[0])


def test_unprotected_and_with_every_part_it_loses_nothing(
    stack: Stack, people: People, every_part: object, models_before: set[str]
) -> None:
    del every_part
    assert models_before
    before = people.stay()
    stack.set("protectData", "false")
    stack.up().succeeded()
    apps = {item["metadata"]["name"]: item["status"] for item in found("deployments")["items"]}
    ready = {name: status["readyReplicas"] for name, status in apps.items()}
    assert ready.items() >= READY.items()
    assert before.lost() == set()


def test_then_it_is_destroyed(stack: Stack) -> None:
    stack.destroy().succeeded()


def test_then_neither_namespace_nor_volume_is_left() -> None:
    assert f"namespace/{NAMESPACE}" not in names("namespaces")
    assert names("pv") == names("oauthclients") == set()
    assert list(VOLUMES.iterdir()) == []


def test_then_others_are_as_they_were(models_before: set[str]) -> None:
    now = found("deployments,pods,secrets", namespace="models")["items"]
    assert {item["metadata"]["uid"] for item in now} == models_before


def test_a_second_destroy_has_nothing_to_do(stack: Stack) -> None:
    stack.destroy().succeeded()
