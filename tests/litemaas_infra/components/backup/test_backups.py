"""Backups are made by a CronJob, and restored before the gateway has anything to do with a database."""

from typing import Any

import pytest

from tests.litemaas_infra.support.program import Program, run
from tests.litemaas_infra.support.restricted import violations

S3 = {"kind": "s3", "bucket": "copies", "secret": "store", "endpoint": "https://s3.example.com"}
RESTORED = "backup-restored"


@pytest.fixture(scope="module")
def on_volume() -> Program:
    return run(backup={"kind": "volume", "keep": 3, "restore": "latest"})


@pytest.fixture(scope="module")
def in_store() -> Program:
    return run(backup={**S3, "restore": "20260131T020000Z"})


def _cron(program: Program) -> dict[str, Any]:
    spec: dict[str, Any] = program.one("CronJob").inputs["spec"]
    return spec


def _pods(program: Program) -> list[dict[str, Any]]:
    jobs = [_cron(program)["jobTemplate"], *(job.inputs for job in _restores(program))]
    return [job["spec"]["template"]["spec"] for job in jobs]


def _restores(program: Program) -> list[Any]:
    return [job for job in program.all("Job") if job.name == "backup-restore"]


def _plain(container: dict[str, Any]) -> dict[str, str]:
    return {entry["name"]: entry["value"] for entry in container["env"] if "value" in entry}


def test_there_are_none_unless_they_are_wanted(program: Program) -> None:
    assert program.all("CronJob") == []
    assert [c.inputs["metadata"]["name"] for c in program.all("PersistentVolumeClaim")] == [
        "data-litemaas-postgres-0"
    ]


def test_their_pods_pass_restricted_v2(on_volume: Program, in_store: Program) -> None:
    pods = [*_pods(on_volume), *_pods(in_store)]
    assert len(pods) == 4
    assert [violations(pod) for pod in pods] == [[]] * 4


def test_one_is_made_at_a_time_and_by_the_clock_of_the_settings(on_volume: Program) -> None:
    spec = _cron(on_volume)
    assert (spec["schedule"], spec["timeZone"], spec["concurrencyPolicy"]) == (
        "0 2 * * *",
        "Etc/UTC",
        "Forbid",
    )


def test_they_are_kept_on_a_volume_of_their_own(on_volume: Program) -> None:
    claim = on_volume.one("PersistentVolumeClaim", "litemaas-backup")
    assert claim.inputs["spec"]["resources"]["requests"] == {"storage": "10Gi"}
    assert claim.inputs["spec"]["storageClassName"] == "gp3-csi"
    for pod in _pods(on_volume):
        (volume,) = [volume for volume in pod["volumes"] if volume["name"] == "backups"]
        assert volume["persistentVolumeClaim"]["claimName"] == "litemaas-backup"


def test_in_an_object_store_they_need_none(in_store: Program) -> None:
    assert len(in_store.all("PersistentVolumeClaim")) == 1
    dumping, filling = _pods(in_store)
    assert [c["name"] for c in (*dumping["initContainers"], *dumping["containers"])] == ["dump", "store"]
    assert [c["name"] for c in (*filling["initContainers"], *filling["containers"])] == ["fetch", "restore"]
    (store,) = dumping["containers"]
    assert _plain(store)["ENDPOINT"] == "https://s3.example.com"
    assert [e["valueFrom"]["secretKeyRef"]["name"] for e in store["env"] if "valueFrom" in e] == ["store"] * 2


def test_no_step_has_a_secret_as_a_plain_value_or_an_argument(on_volume: Program) -> None:
    for pod, said in zip(_pods(on_volume), ("KEEP", "RESTORE"), strict=True):
        (container,) = pod["containers"]
        assert set(_plain(container)) == {said}
        assert len(container["command"]) == 2


def test_no_value_is_empty_which_the_api_would_leave_out(on_volume: Program, in_store: Program) -> None:
    steps = [
        step
        for pod in (*_pods(on_volume), *_pods(in_store))
        for step in (*pod.get("initContainers", []), *pod["containers"])
    ]
    assert all(value for step in steps for value in _plain(step).values())


def test_what_is_restored_is_so_before_the_gateways_tables_are_made(on_volume: Program) -> None:
    migration = next(job for job in on_volume.all("Job") if job.name == "litellm-migration-job")
    assert RESTORED in on_volume.needed(migration)
    assert {"databases-gateway", "databases-models"} <= on_volume.needed(_restores(on_volume)[0])


def test_without_a_wish_nothing_is_restored() -> None:
    assert _restores(run(backup={"kind": "volume"})) == []


def test_their_pods_reach_the_database_and_nobody_reaches_them(on_volume: Program) -> None:
    policies = {p.inputs["metadata"]["name"]: p.inputs["spec"] for p in on_volume.all("NetworkPolicy")}
    (rule,) = policies["litemaas-postgres"]["ingress"]
    heard = [peer["podSelector"]["matchLabels"]["app"] for peer in rule["from"]]
    assert {"litemaas-backup", "litemaas-restore"} <= set(heard)
    for part in ("backup", "restore"):
        assert policies[f"litemaas-{part}"]["policyTypes"] == ["Egress"]
