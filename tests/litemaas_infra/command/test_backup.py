"""A backup made by hand: the CronJob's Job, at once, waited for."""

import json
from typing import Any

import pytest

from litemaas_infra.clients.rollout import waiting
from tests.litemaas_infra.command.conftest import World, pod

JOBS = "/apis/batch/v1/namespaces/litemaas/jobs"
CRON = JOBS.replace("jobs", "cronjobs/litemaas-backup")
TEMPLATE = {"spec": {"backoffLimit": 2, "template": {"spec": {"containers": [{"name": "dump"}]}}}}


@pytest.fixture
def scheduled(world: World, monkeypatch: pytest.MonkeyPatch) -> World:
    """A deployment that is backed up, whose Jobs succeed at once."""
    world.declare(backup={"kind": "volume"})
    world.api.objects[CRON] = {
        "metadata": {"name": "litemaas-backup", "uid": "the-cronjob"},
        "spec": {"jobTemplate": TEMPLATE},
    }
    monkeypatch.setattr(waiting, "_LONGEST_PAUSE", 0.01)
    ends(world, Complete="")
    return world


def ends(world: World, **with_: str) -> None:
    """Have the next Job end like this, by a condition and its message, with a pod of its own."""

    def ended(job: dict[str, Any]) -> dict[str, Any]:
        labels = {"job-name": job["metadata"]["name"]}
        of_job = pod("of-the-job", "litemaas-backup")
        world.api.put(
            "pods",
            {
                "items": [
                    {**of_job, "metadata": {**of_job["metadata"], "labels": labels, "uid": "of-the-pod"}}
                ]
            },
        )
        conditions = [{"type": kind, "status": "True", "message": said} for kind, said in with_.items()]
        spec = {**job["spec"], "selector": {"matchLabels": labels}}
        metadata = {**job["metadata"], "namespace": "litemaas", "uid": "of-the-job"}
        return {**job, "metadata": metadata, "spec": spec, "status": {"conditions": conditions}}

    world.api.becomes = ended


def made(world: World) -> dict[str, Any]:
    """The one Job there is."""
    (name,) = (path for path in world.api.objects if path.startswith(f"{JOBS}/"))
    job: dict[str, Any] = world.api.objects[name]  # type: ignore[assignment]
    return job


def test_it_is_the_cronjob_s_own_job_and_goes_with_it(scheduled: World) -> None:
    scheduled.run("backup")
    job = made(scheduled)
    assert job["spec"]["template"] == TEMPLATE["spec"]["template"]
    assert [owner["uid"] for owner in job["metadata"]["ownerReferences"]] == ["the-cronjob"]


def test_its_name_is_told_when_it_is_made(scheduled: World) -> None:
    scheduled.api.say("of-the-job", "backup 20260131T020000Z is made\n")
    told = json.loads(scheduled.run("backup", "--json").stdout)
    assert told == {"backup": "20260131T020000Z"}


def test_one_that_fails_ends_with_the_code_of_the_cluster(scheduled: World) -> None:
    ends(scheduled, Failed="it has no room")
    ended = scheduled.run("backup")
    assert ended.exit_code == 4
    assert "it has no room" in ended.stderr


def test_without_backups_the_setting_is_named_and_nothing_is_made(world: World) -> None:
    ended = world.run("backup")
    assert ended.exit_code == 3
    assert "pulumi config set --path litemaas:backup.kind volume" in ended.stderr


def test_one_that_is_declared_and_not_made_yet_is_told(world: World) -> None:
    world.declare(backup={"kind": "volume"})
    ended = world.run("backup")
    assert ended.exit_code == 4
    assert "CronJob litemaas-backup is not in namespace litemaas; `pulumi up` makes it" in ended.stderr
