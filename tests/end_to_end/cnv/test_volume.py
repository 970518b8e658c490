"""The data stays where it is: a volume grows in place, and whatever would replace it is refused."""

import json
from collections.abc import Iterator

import pytest

from tests.end_to_end.support.gateway import Gateway
from tests.end_to_end.support.people import People
from tests.end_to_end.support.pulumi import Stack
from tests.end_to_end.support.sandbox import Object, found, names, oc, psql

CLASS = "ocs-external-storagecluster-ceph-rbd"

pytestmark = pytest.mark.usefixtures("deployed")


@pytest.fixture(scope="module")
def before() -> Object:
    psql("CREATE TABLE kept AS SELECT 'data' AS word")
    return claim()


@pytest.fixture(scope="module")
def people(deployed: object) -> People:
    """They come to the volume that is to grow."""
    del deployed
    return People.come(Gateway.deployed())


def claim() -> Object:
    return found("pvc", "data-litemaas-postgres-0")


def test_it_grows_in_place(stack: Stack, before: Object, people: People) -> None:
    stack.set("storageSize", "12Gi")
    stack.up().succeeded()
    now = claim()
    assert now["status"]["capacity"]["storage"] == "12Gi"
    assert now["metadata"]["uid"] == before["metadata"]["uid"]
    assert psql("SELECT word FROM kept") == "data"
    assert people.lost() == set()
    assert people.holder.ask("GET", "/v1/models")["data"] == []


def test_it_does_not_shrink(stack: Stack) -> None:
    with stack.with_setting("storageSize", "5Gi", otherwise="12Gi"):
        done = stack.up().failed()
    done.says(
        "the database's volume has 12Gi and cannot shrink to 5Gi",
        "pulumi config set litemaas:storageSize 12Gi",
    )


@pytest.fixture
def other_class() -> Iterator[str]:
    """A second class of this cluster, which is like the first."""
    other = {**found("storageclass", CLASS), "metadata": {"name": "other"}}
    oc("create", "-f", "-", stdin=json.dumps(other))
    yield "other"
    oc("delete", "storageclass", "other")


def test_its_class_does_not_change(stack: Stack, other_class: str) -> None:
    with stack.with_setting("storageClass", other_class, otherwise=CLASS):
        done = stack.up().failed()
    done.says(
        f"the database's volume is of class {CLASS}", f"pulumi config set litemaas:storageClass {CLASS}"
    )


def test_its_namespace_does_not_change(stack: Stack) -> None:
    with stack.with_setting("namespace", "elsewhere", otherwise="litemaas"):
        done = stack.up().failed()
    done.says(
        "changing litemaas:namespace from litemaas to elsewhere would replace the database",
        "pulumi config set litemaas:namespace litemaas",
    )
    assert "namespace/elsewhere" not in names("namespaces")


def test_it_is_the_same_volume_in_the_end(stack: Stack, before: Object) -> None:
    stack.unchanged()
    assert claim()["metadata"]["uid"] == before["metadata"]["uid"]
    assert psql("SELECT word FROM kept") == "data"
