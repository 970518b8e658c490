"""The Redis that replicas share: a server of the stack, someone else's, or none."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.litemaas_infra.support.program import GENERATED, Hidden, Program, run
from tests.litemaas_infra.support.restricted import violations

HOST = "redis.example.com"
PASSWORD = f"{GENERATED}litellm-redis-REDIS_PASSWORD"
GIVEN = "of the user"


@pytest.fixture(scope="module")
def own() -> Program:
    return run(redis={"kind": "own"})


@pytest.fixture(scope="module")
def existing(certificate: str) -> Program:
    given = {"user": "litellm", "password": GIVEN, "tls": True, "authority": certificate}
    return run(redis={"kind": "existing", "host": HOST, "port": 6380, **given})


def _pod(program: Program, workload: str = "litellm") -> dict[str, Any]:
    pod: dict[str, Any] = program.one("Deployment", workload).inputs["spec"]["template"]["spec"]
    return pod


def _variables(container: dict[str, Any]) -> dict[str, Any]:
    """Each one's value, or the Secret and key that it comes from."""
    found = {}
    for variable in container.get("env", []):
        source = variable.get("valueFrom", {}).get("secretKeyRef", {})
        found[variable["name"]] = variable.get("value") or (source["name"], source["key"])
    return found


def _of_gateway(program: Program) -> dict[str, Any]:
    found = _variables(_pod(program)["containers"][0])
    return {name: value for name, value in found.items() if name.startswith("REDIS_")}


def _asking(program: Program) -> dict[str, Any]:
    return next(dict(c) for c in _pod(program)["initContainers"] if c["name"] == "ask-redis")


def _file(program: Program) -> Any:
    return yaml.safe_load(program.one("ConfigMap", "litellm-config").inputs["data"]["config.yaml"])


def test_without_one_there_is_nothing_of_it(program: Program) -> None:
    assert "redis" not in str([resource.inputs for resource in program.resources])


def test_a_server_is_one_small_pod_without_a_volume(own: Program) -> None:
    pod = _pod(own, "litellm-redis")
    assert violations(pod) == []
    assert pod["serviceAccountName"] == "litellm-redis"
    assert [volume for volume in pod["volumes"] if "secret" not in volume] == []
    spec = own.one("Deployment", "litellm-redis").inputs["spec"]
    assert (spec["replicas"], spec["strategy"]) == (1, {"type": "Recreate"})
    assert own.one("Service", "litellm-redis").inputs["spec"]["ports"] == [{"name": "redis", "port": 6379}]


def test_its_password_is_in_its_secret_alone(own: Program) -> None:
    values = own.one("Secret", "litellm-redis").inputs["stringData"]
    revealed = values.value if isinstance(values, Hidden) else values
    hidden = {name: value.value if isinstance(value, Hidden) else value for name, value in revealed.items()}
    assert isinstance(values, Hidden) or all(isinstance(value, Hidden) for value in revealed.values())
    assert hidden["REDIS_PASSWORD"] == PASSWORD
    assert f"requirepass {PASSWORD}\n" in hidden["redis.conf"]
    others = [r.inputs for r in own.resources if r.kind not in ("Secret", "Password")]
    assert PASSWORD not in str(others)


def test_its_program_reads_the_password_from_a_file(own: Program) -> None:
    (server,) = _pod(own, "litellm-redis")["containers"]
    assert server["command"] == ["redis-server", "/etc/redis/redis.conf"]
    (mount,) = server["volumeMounts"]
    assert mount == {"name": "config", "mountPath": "/etc/redis", "readOnly": True}
    (volume,) = _pod(own, "litellm-redis")["volumes"]
    assert volume["secret"]["secretName"] == "litellm-redis"


def test_the_gateway_finds_it_by_variables(own: Program) -> None:
    assert _of_gateway(own) == {
        "REDIS_HOST": "litellm-redis",
        "REDIS_PORT": "6379",
        "REDIS_PASSWORD": ("litellm-redis", "REDIS_PASSWORD"),
    }
    assert "redis-ready" in own.needed(own.one("Deployment", "litellm"))


def test_the_gateway_finds_an_existing_one_and_what_it_trusts(existing: Program, certificate: str) -> None:
    assert _of_gateway(existing) == {
        "REDIS_HOST": HOST,
        "REDIS_PORT": "6380",
        "REDIS_USERNAME": "litellm",
        "REDIS_SSL": "True",
        "REDIS_SSL_CHECK_HOSTNAME": "True",
        "REDIS_SSL_CA_CERTS": "/etc/redis-authority/ca.crt",
        "REDIS_PASSWORD": ("litellm-redis", "REDIS_PASSWORD"),
    }
    authority = existing.one("ConfigMap", "litellm-redis-authority")
    assert authority.inputs["data"] == {"ca.crt": certificate}
    mounts = _pod(existing)["containers"][0]["volumeMounts"]
    assert {"name": "redis-authority", "mountPath": "/etc/redis-authority", "readOnly": True} in mounts
    assert GIVEN not in str([r.inputs for r in existing.resources if r.kind != "Secret"])
    assert [r.inputs["metadata"]["name"] for r in existing.all("Deployment")] == ["litellm"]


def test_another_password_is_another_pod(existing: Program, own: Program) -> None:
    annotations = existing.one("Deployment", "litellm").inputs["spec"]["template"]["metadata"]["annotations"]
    assert "checksum/redis" in annotations
    assert "redis-secret" in existing.needed(existing.one("Deployment", "litellm"))
    of_own = own.one("Deployment", "litellm").inputs["spec"]["template"]["metadata"]["annotations"]
    assert "checksum/redis" not in of_own


def test_a_password_can_be_in_a_secret_of_the_namespace() -> None:
    program = run(redis={"kind": "existing", "host": HOST, "passwordSecret": "theirs/pass"})
    assert _of_gateway(program)["REDIS_PASSWORD"] == ("theirs", "pass")
    assert _variables(_asking(program)) == {"REDISCLI_AUTH": ("theirs", "pass")}
    names = [secret.inputs["metadata"]["name"] for secret in program.all("Secret")]
    assert "litellm-redis" not in names


def test_a_gateway_whose_redis_does_not_answer_does_not_start(own: Program, existing: Program) -> None:
    assert violations(_pod(own)) == violations(_pod(existing)) == []
    asking = _asking(own)
    assert asking["command"] == ["redis-cli", "-e", "-h", "litellm-redis", "-p", "6379", "ping"]
    assert _variables(asking) == {"REDISCLI_AUTH": ("litellm-redis", "REDIS_PASSWORD")}
    trusting = ["--user", "litellm", "--tls", "--cacert", "/etc/redis-authority/ca.crt"]
    command = ["redis-cli", "-e", "-h", HOST, "-p", "6380", *trusting, "ping"]
    assert _asking(existing)["command"] == command


def test_answers_are_kept_for_who_asks_for_it(own: Program) -> None:
    assert _file(own) == {
        "litellm_settings": {"cache": True, "cache_params": {"mode": "default_off", "type": "redis"}}
    }


def test_the_gateway_is_told_in_the_file_that_it_reads_anyway(tmp_path: Path) -> None:
    file = tmp_path / "config.yaml"
    file.write_text("litellm_settings: {cache: true, cache_params: {ttl: 60}, drop_params: true}\n")
    assert _file(run(configFile=str(file), redis={"kind": "own"})) == {
        "litellm_settings": {"cache": True, "cache_params": {"ttl": 60, "type": "redis"}, "drop_params": True}
    }
