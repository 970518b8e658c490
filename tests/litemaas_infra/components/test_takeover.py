"""A former deployment's data is copied before the gateway has anything to do with a database."""

from typing import Any

import pytest

from tests.litemaas_infra.support.program import Program, run
from tests.litemaas_infra.support.restricted import violations

FORMER = {
    "host": "litellm-postgres",
    "user": "litellm",
    "passwordSecret": "litemaas-db/password",
    "gatewayDatabase": "litemaas_db",
    "modelsDatabase": "litemaas_db",
}


@pytest.fixture(scope="module")
def taking() -> Program:
    return run(takeover=FORMER)


def _job(program: Program) -> Any:
    (job,) = [job for job in program.all("Job") if job.name == "takeover-job"]
    return job


def _pod(program: Program) -> dict[str, Any]:
    pod: dict[str, Any] = _job(program).inputs["spec"]["template"]["spec"]
    return pod


def test_nothing_is_taken_over_unless_it_is_asked_for(program: Program) -> None:
    assert [job.name for job in program.all("Job") if "takeover" in job.name] == []


def test_the_former_databases_are_named_and_their_password_is_a_file(taking: Program) -> None:
    (container,) = _pod(taking)["containers"]
    said = {entry["name"]: entry["value"] for entry in container["env"]}
    assert said == {
        "FROM_HOST": "litellm-postgres",
        "FROM_PORT": "5432",
        "FROM_USER": "litellm",
        "FROM_GATEWAY": "litemaas_db",
        "FROM_MODELS": "litemaas_db",
    }
    (former,) = [volume for volume in _pod(taking)["volumes"] if volume["name"] == "former"]
    assert former["secret"]["secretName"] == "litemaas-db"
    assert former["secret"]["items"] == [{"key": "password", "path": "password"}]


def test_its_scripts_are_there_beside_the_login_of_the_backup_s(taking: Program) -> None:
    (files,) = [one for one in taking.all("ConfigMap") if one.name == "takeover-scripts"]
    assert sorted(files.inputs["data"]) == ["history.sql", "login.sh", "takeover.sh"]


def test_its_pod_passes_restricted_v2(taking: Program) -> None:
    assert violations(_pod(taking)) == []


def test_it_reaches_the_stack_s_database_and_the_former_one_and_nobody_reaches_it(taking: Program) -> None:
    app = {"podSelector": {"matchLabels": {"app": "litemaas-takeover"}}}
    (heard,) = taking.one("NetworkPolicy", "litemaas-postgres").inputs["spec"]["ingress"]
    assert app in heard["from"]
    leaving = taking.one("NetworkPolicy", "litemaas-takeover").inputs["spec"]
    assert leaving["podSelector"] == app["podSelector"]
    assert leaving["policyTypes"] == ["Egress"]


def test_the_gateway_s_tables_are_made_after_it(taking: Program) -> None:
    (migration,) = [job for job in taking.all("Job") if job.name == "litellm-migration-job"]
    assert "takeover-ready" in taking.needed(migration)


def test_another_former_database_is_another_job(taking: Program) -> None:
    other = run(takeover={**FORMER, "gatewayDatabase": "litellm"})
    named = [_job(program).inputs["metadata"]["name"] for program in (taking, other, run(takeover=FORMER))]
    assert named[0] == named[2] != named[1]


def test_the_end_of_the_stack_leaves_the_namespace_in_which_the_former_data_is(taking: Program) -> None:
    kept = {r.name for r in taking.resources if r.request.retainOnDelete}
    assert {"litemaas-namespace", "credentials-litellm-secret"} <= kept


@pytest.mark.parametrize("field", ["user", "passwordSecret", "gatewayDatabase"])
def test_a_former_server_that_is_told_by_half_is_refused(field: str) -> None:
    with pytest.raises(Exception, match=r"litemaas:takeover: has a host and no .*`litemaas migrate`"):
        run(takeover={name: value for name, value in FORMER.items() if name != field})
