"""LiteLLM's config.yaml and the keys that models name: what a pod takes from them, and what nobody sees."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from litemaas_infra.components.checksum import checksum
from litemaas_infra.specs.variables import OWN
from tests.litemaas_infra.support.program import GENERATED, Hidden, Program, run
from tests.litemaas_infra.support.restricted import violations

CONFIG = """\
model_list:
  - model_name: configured
    litellm_params: {model: openai/a, api_key: os.environ/A_KEY}
"""
SECRET = "sk-of-a-provider"


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("project") / "config.yaml"
    path.write_text(CONFIG)
    return path


@pytest.fixture(scope="module")
def configured(file: Path) -> Program:
    return _run(file, A_KEY=SECRET)


def _run(file: Path, **keys: str) -> Program:
    return run(configFile=str(file), apiKeys=keys)


def _template(program: Program) -> dict[str, Any]:
    template: dict[str, Any] = program.one("Deployment", "litellm").inputs["spec"]["template"]
    return template


def _container(program: Program) -> dict[str, Any]:
    (container,) = _template(program)["spec"]["containers"]
    return dict(container)


def _checksums(program: Program) -> dict[str, str]:
    return dict(_template(program)["metadata"]["annotations"])


def test_the_pod_still_passes_restricted_v2(configured: Program) -> None:
    assert violations(_template(configured)["spec"]) == []


def test_the_gateway_reads_the_file(configured: Program) -> None:
    data = configured.one("ConfigMap", "litellm-config").inputs["data"]
    assert yaml.safe_load(data["config.yaml"]) == yaml.safe_load(CONFIG)
    container = _container(configured)
    assert container["args"] == ["--port", "4000", "--config", "/etc/litellm/config.yaml"]
    mount = next(mount for mount in container["volumeMounts"] if mount["name"] == "config")
    assert mount == {
        "name": "config",
        "mountPath": "/etc/litellm/config.yaml",
        "subPath": "config.yaml",
        "readOnly": True,
    }
    volume = next(volume for volume in _template(configured)["spec"]["volumes"] if volume["name"] == "config")
    assert volume["configMap"]["name"] == "litellm-config"


def test_the_keys_are_a_secret_and_variables_of_the_pod(configured: Program) -> None:
    values = configured.one("Secret", "litellm-api-keys").inputs["stringData"]
    assert values == Hidden({"A_KEY": SECRET})
    assert _container(configured)["envFrom"] == [{"secretRef": {"name": "litellm-api-keys"}}]


def test_it_starts_after_both(configured: Program) -> None:
    needed = configured.needed(configured.one("Deployment", "litellm"))
    assert {"configuration-file", "configuration-api-keys"} <= needed


def test_the_keys_are_nowhere_else(configured: Program) -> None:
    for resource in configured.resources:
        assert resource.inputs.get("stringData") == Hidden({"A_KEY": SECRET}) or SECRET not in str(
            resource.inputs
        )


def test_another_file_is_another_pod(configured: Program, tmp_path: Path) -> None:
    other = tmp_path / "config.yaml"
    other.write_text(f"{CONFIG}router_settings: {{num_retries: 1}}\n")
    before, after = _checksums(configured), _checksums(_run(other, A_KEY=SECRET))
    assert before["checksum/config"] != after["checksum/config"]
    assert before["checksum/api-keys"] == after["checksum/api-keys"]


def test_a_comment_is_no_other_pod(configured: Program, tmp_path: Path) -> None:
    other = tmp_path / "config.yaml"
    other.write_text(f"# nothing new\n{CONFIG}")
    assert _checksums(_run(other, A_KEY=SECRET)) == _checksums(configured)


@pytest.mark.parametrize("keys", [{"A_KEY": "another"}, {"A_KEY": SECRET, "B_KEY": "another"}])
def test_another_key_is_another_pod(configured: Program, file: Path, keys: dict[str, str]) -> None:
    before, after = _checksums(configured), _checksums(_run(file, **keys))
    assert before["checksum/api-keys"] != after["checksum/api-keys"]
    assert before["checksum/config"] == after["checksum/config"]


def test_the_keys_checksum_tells_nothing_to_whoever_lacks_the_salt_key(configured: Program) -> None:
    shown = _checksums(configured)["checksum/api-keys"]
    keys = {"A_KEY": SECRET}
    assert shown == checksum(keys, f"{GENERATED}litellm-secret-LITELLM_SALT_KEY")
    assert shown != checksum(keys, "another salt key")


def test_keys_need_no_file_nor_a_file_keys(tmp_path: Path) -> None:
    keys = run(apiKeys={"A_KEY": SECRET})
    assert set(_checksums(keys)) == {"checksum/api-keys", "checksum/database"}
    assert keys.all("ConfigMap") == []
    plain = tmp_path / "config.yaml"
    plain.write_text("router_settings: {num_retries: 1}\n")
    assert set(_checksums(run(configFile=str(plain)))) == {"checksum/config", "checksum/database"}


def test_without_either_nothing_of_it_is_there(program: Program) -> None:
    assert program.all("ConfigMap") == []
    assert _container(program)["args"] == ["--port", "4000"]
    assert not _container(program).get("envFrom")
    assert set(_checksums(program)) == {"checksum/database"}


def test_what_a_pod_is_given_by_the_stack_is_what_no_key_may_be_called(program: Program) -> None:
    assert {variable["name"] for variable in _container(program)["env"]} == OWN
