"""`litemaas translate`: what people, and programs, are shown of a translation."""

import json
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result

from litemaas_infra.command.program import litemaas

P = "ocp4_workload_litemaas_"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "extra-vars.yml"


def _run(file: Path, text: str, *options: str) -> Result:
    file.write_text(text)
    return CliRunner().invoke(litemaas, ["translate", str(file), *options], catch_exceptions=False)


def test_what_is_printed_can_be_pasted_into_the_stack_s_file(file: Path) -> None:
    done = _run(file, f"{P}namespace: rhpds\n{P}ha_litellm_replicas: 3\n{P}jwt_secret: hidden\n")
    assert done.exit_code == 0
    pasted = yaml.safe_load(f"config:\n{done.stdout}")["config"]
    assert pasted == {"litemaas:namespace": "rhpds", "litemaas:scale": {"replicas": 3}}
    assert f"# {file}:3: {P}jwt_secret: is not needed" in done.stdout
    assert "hidden" not in done.stdout


def test_programs_get_the_same_as_json(file: Path) -> None:
    told = json.loads(_run(file, f"{P}namespace: rhpds\n", "--json").stdout)
    assert told == {"settings": {"namespace": "rhpds"}, "supply": [], "mistakes": [], "notes": []}


def test_what_could_not_be_translated_is_told_and_ends_in_a_code(file: Path) -> None:
    done = _run(file, f"{P}namespace: '{{{{ guid }}}}'\n{P}postgres_storage_size: 20Gi\n")
    assert done.exit_code == 1
    assert f"# wrong: {file}:1: {P}namespace: is an expression" in done.stdout
    assert "litemaas:storageSize: 20Gi" in done.stdout


def test_no_file_of_variables_is_wrong_settings(file: Path) -> None:
    done = _run(file, "- a\n")
    assert done.exit_code == 3
    assert "holds no variables" in done.stderr
