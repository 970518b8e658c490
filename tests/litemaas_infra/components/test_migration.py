"""The gateway's tables are made by one Job per image."""

from typing import Any

from tests.litemaas_infra.support.program import Program, run
from tests.litemaas_infra.support.restricted import violations


def _pod(program: Program) -> dict[str, Any]:
    pod: dict[str, Any] = program.one("Job").inputs["spec"]["template"]["spec"]
    return pod


def _name(program: Program) -> str:
    name: str = program.one("Job").inputs["metadata"]["name"]
    return name


def test_its_pod_passes_restricted_v2(program: Program) -> None:
    assert violations(_pod(program)) == []


def test_it_runs_the_gateways_image_without_its_server(program: Program) -> None:
    (container,) = _pod(program)["containers"]
    (gateway,) = program.one("Deployment").inputs["spec"]["template"]["spec"]["containers"]
    assert container["image"] == gateway["image"]
    assert "command" not in container
    assert container["args"] == ["--skip_server_startup"]


def test_of_all_secrets_it_gets_the_databases_address(program: Program) -> None:
    (container,) = _pod(program)["containers"]
    (secret,) = [v for v in container["env"] if "valueFrom" in v]
    assert secret["valueFrom"]["secretKeyRef"] == {"name": "litellm-secret", "key": "DATABASE_URL"}


def test_it_starts_after_the_database(program: Program) -> None:
    assert {"databases-gateway", "credentials-litellm-secret"} <= program.needed(program.one("Job"))


def test_another_image_is_another_job_and_the_same_is_the_same(program: Program) -> None:
    assert _name(run()) == _name(program)
    assert _name(run(litellmImage="quay.io/me/litellm:1")) != _name(program)
    assert _name(run(pullSecrets=["quay"], secrets=("quay",))) != _name(program)


def test_it_never_gives_up_and_the_wait_for_it_tells_why_it_fails(program: Program) -> None:
    assert _pod(program)["restartPolicy"] == "OnFailure"
    assert program.one("Job").inputs["spec"]["backoffLimit"] > 1_000_000
    (waited,) = [r.inputs for r in program.all("Rollout") if r.inputs["kind"] == "Job"]
    assert waited["workload"] == _name(program)


def test_the_job_of_another_image_is_gone_before_the_next_is_made(program: Program) -> None:
    # Pulumi would else delete what was replaced last, which by then may be the one that it has just made.
    assert program.one("Job").request.deleteBeforeReplace
