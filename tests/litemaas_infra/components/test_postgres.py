from typing import Any

import pytest

from tests.litemaas_infra.support.program import Program, run
from tests.litemaas_infra.support.restricted import violations


def _server(program: Program) -> dict[str, Any]:
    spec: dict[str, Any] = program.one("StatefulSet", "litemaas-postgres").inputs["spec"]
    return spec


def _container(program: Program) -> dict[str, Any]:
    (container,) = _server(program)["template"]["spec"]["containers"]
    assert isinstance(container, dict)
    return container


def test_the_pod_passes_restricted_v2(program: Program) -> None:
    assert violations(_server(program)["template"]["spec"]) == []


@pytest.mark.parametrize(
    ("settings", "storage_class", "size"),
    [
        ({"storageClass": "gp3-csi"}, "gp3-csi", "10Gi"),
        (
            {"storageClass": "ocs-external-storagecluster-ceph-rbd"},
            "ocs-external-storagecluster-ceph-rbd",
            "10Gi",
        ),
        ({"storageClass": "gp3-csi", "storageSize": "50Gi"}, "gp3-csi", "50Gi"),
    ],
)
def test_the_volume_is_of_the_stacks_class_and_size(
    settings: dict[str, Any], storage_class: str, size: str
) -> None:
    program = run(classes=(storage_class,), **settings)
    claim = program.one("PersistentVolumeClaim", "data-litemaas-postgres-0").inputs["spec"]
    assert claim["storageClassName"] == storage_class
    assert claim["resources"]["requests"]["storage"] == size
    assert claim["accessModes"] == ["ReadWriteOnce"]


def test_the_server_keeps_its_data_on_the_volume(program: Program) -> None:
    pod = _server(program)["template"]["spec"]
    (volume,) = (v["name"] for v in pod["volumes"] if v.get("persistentVolumeClaim"))
    assert {"name": "data", "persistentVolumeClaim": {"claimName": "data-litemaas-postgres-0"}} in pod[
        "volumes"
    ]
    (mount,) = (m["mountPath"] for m in _container(program)["volumeMounts"] if m["name"] == volume)
    assert _variables(program)["PGDATA"].startswith(f"{mount}/")


def test_the_pod_is_named_as_the_documentation_has_it(program: Program) -> None:
    spec = _server(program)
    assert (spec["serviceName"], spec["replicas"]) == ("litemaas-postgres", 1)
    assert spec["selector"]["matchLabels"] == {"app": "litemaas-postgres"}
    assert spec["template"]["metadata"]["labels"]["app"] == "litemaas-postgres"


def test_the_service_leads_to_the_server(program: Program) -> None:
    spec = program.one("Service", "litemaas-postgres").inputs["spec"]
    assert spec["selector"] == {"app": "litemaas-postgres"}
    assert [port["port"] for port in spec["ports"]] == [5432]
    assert [port["containerPort"] for port in _container(program)["ports"]] == [5432]


def test_the_image_is_that_of_the_settings(program: Program) -> None:
    assert _container(program)["image"] == "public.ecr.aws/docker/library/postgres:16-bookworm"
    other = run(storageClass="gp3-csi", postgresImage="quay.io/me/postgres:16")
    assert _container(other)["image"] == "quay.io/me/postgres:16"


def test_it_is_asked_whether_it_lives_and_whether_it_is_ready(program: Program) -> None:
    container = _container(program)
    for probe in ("startupProbe", "livenessProbe", "readinessProbe"):
        assert container[probe]["exec"]["command"][0] == "pg_isready"


def test_a_server_that_replays_its_log_is_left_in_peace_for_an_hour(program: Program) -> None:
    probe = _container(program)["startupProbe"]
    assert probe["periodSeconds"] * probe["failureThreshold"] == 3600


def test_what_it_writes_beside_its_data_is_scratch(program: Program) -> None:
    assert {m["mountPath"] for m in _container(program)["volumeMounts"]} == {
        "/var/lib/postgresql/data",
        "/var/run/postgresql",
        "/tmp",  # noqa: S108 - a path in the pod
    }


def test_it_reserves_what_it_needs_and_has_a_limit(program: Program) -> None:
    resources = _container(program)["resources"]
    assert set(resources["requests"]) == set(resources["limits"]) == {"cpu", "memory"}


def _variables(program: Program) -> dict[str, str]:
    return {v["name"]: v["value"] for v in _container(program)["env"] if "value" in v}
