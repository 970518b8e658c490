"""The database image's entrypoint, run as it is with the image's own programs."""

import os
import subprocess
from pathlib import Path

import pytest

from sandbox.images import postgres

ENTRYPOINT = postgres.HERE / "entrypoint.sh"


def test_an_empty_database_without_a_password_is_refused_with_the_remedy(tmp_path: Path) -> None:
    ended = _run("postgres", PGDATA=str(tmp_path))
    assert ended.returncode == 1
    assert "set POSTGRES_PASSWORD" in ended.stderr


def test_a_secret_given_twice_is_refused(tmp_path: Path) -> None:
    ended = _run("postgres", PGDATA=str(tmp_path), POSTGRES_USER="a", POSTGRES_USER_FILE="/dev/null")
    assert ended.returncode == 1
    assert "both POSTGRES_USER and POSTGRES_USER_FILE are set" in ended.stderr


def test_another_command_is_run_as_it_is() -> None:
    assert _run("echo", "a b").stdout == "a b\n"


@pytest.mark.parametrize("arguments", [("postgres",), ("postgres", "-c", "a=b"), ("-c", "a=b"), ()])
def test_an_existing_database_is_served_with_the_arguments_given(
    tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    (tmp_path / "PG_VERSION").write_text("16\n")
    program = tmp_path / "postgres"
    program.write_text('#!/bin/sh\necho "served: $*"\n')
    program.chmod(0o755)
    ended = _run(*arguments, PGDATA=str(tmp_path), PATH=f"{tmp_path}:{os.environ['PATH']}")
    assert f"served: {' '.join(word for word in arguments if word != 'postgres')}\n" in ended.stdout


def test_a_volume_that_the_kubelet_opened_to_the_pods_group_is_closed_again(tmp_path: Path) -> None:
    data = tmp_path / "pgdata"
    data.mkdir()
    data.chmod(0o2770)
    (data / "PG_VERSION").write_text("16\n")
    _run("postgres", PGDATA=str(data))
    assert data.stat().st_mode & 0o777 == 0o700


def _run(*arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    env = {"PATH": os.environ["PATH"], **variables}
    command = ["bash", str(ENTRYPOINT), *arguments]
    return subprocess.run(command, env=env, capture_output=True, text=True, check=False)
