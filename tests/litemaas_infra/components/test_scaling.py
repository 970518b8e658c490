"""One replica or several: what is declared of each, and how they are updated."""

from typing import Any

from tests.litemaas_infra.support.program import Program, run

GATEWAY = {"matchLabels": {"app": "litellm"}}


def _spec(program: Program) -> dict[str, Any]:
    spec: dict[str, Any] = program.one("Deployment", "litellm").inputs["spec"]
    return spec


def _pod(program: Program) -> dict[str, Any]:
    pod: dict[str, Any] = _spec(program)["template"]["spec"]
    return pod


def test_there_is_one_replica_and_nothing_that_several_take(program: Program) -> None:
    assert _spec(program)["replicas"] == 1
    assert program.all("PodDisruptionBudget") == program.all("HorizontalPodAutoscaler") == []
    assert "topologySpreadConstraints" not in _pod(program)


def test_a_new_replica_is_there_before_an_old_one_goes(program: Program) -> None:
    assert _spec(program)["strategy"] == {
        "type": "RollingUpdate",
        "rollingUpdate": {"maxSurge": 1, "maxUnavailable": 0},
    }


def test_a_replica_has_time_to_be_forgotten_by_the_router_and_to_end_its_answers() -> None:
    pod = _pod(run(exposure={"timeout": 120}))
    (container,) = pod["containers"]
    assert container["lifecycle"]["preStop"]["exec"]["command"] == ["sleep", "10"]
    plain = {variable["name"]: variable.get("value") for variable in container["env"]}
    assert plain["GRACEFUL_SHUTDOWN_TIMEOUT"] == "120"
    assert pod["terminationGracePeriodSeconds"] > 10 + 120


def test_several_replicas_run_apart_and_are_drained_one_at_a_time() -> None:
    program = run(scale={"replicas": 3})
    assert _spec(program)["replicas"] == 3
    spread = {entry["topologyKey"]: entry for entry in _pod(program)["topologySpreadConstraints"]}
    assert set(spread) == {"topology.kubernetes.io/zone", "kubernetes.io/hostname"}
    assert all(entry["whenUnsatisfiable"] == "ScheduleAnyway" for entry in spread.values())
    assert all(entry["labelSelector"] == GATEWAY for entry in spread.values())
    budget = program.one("PodDisruptionBudget").inputs["spec"]
    assert (budget["maxUnavailable"], budget["selector"]) == (1, GATEWAY)


def test_an_autoscaler_alone_says_how_many_replicas_there_are() -> None:
    program = run(scale={"replicas": 2, "maxReplicas": 4, "cpu": 80})
    assert "replicas" not in _spec(program)
    scaler = program.one("HorizontalPodAutoscaler", "litellm").inputs["spec"]
    assert (scaler["minReplicas"], scaler["maxReplicas"]) == (2, 4)
    assert scaler["scaleTargetRef"] == {"apiVersion": "apps/v1", "kind": "Deployment", "name": "litellm"}
    (metric,) = scaler["metrics"]
    assert metric["resource"] == {"name": "cpu", "target": {"type": "AverageValue", "averageValue": "800m"}}
    assert program.one("PodDisruptionBudget")
