"""A copy that breaks off leaves nothing in the database that it was read into, wherever it broke off."""

import secrets
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from litemaas_infra import names
from litemaas_infra.components.backup import pod

LOGIN = Path(pod.__file__).parent / "scripts" / "login.sh"
PSQL = ("psql", "--username=postgres", "--dbname=litemaas", "--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1")


@pytest.fixture
def table() -> Iterator[str]:
    """The name of a table that is not there, nor after the test."""
    name = f"broken_{secrets.token_hex(4)}"
    yield name
    assert _psql(f"DROP TABLE IF EXISTS {name}").returncode == 0


def _psql(text: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """PostgreSQL's own program in its pod, as the scripts use it, reads that."""
    inside = ("kubectl", "exec", "-i", "-n", "litemaas", f"{names.POSTGRES}-0", "--", *PSQL, *arguments)
    return subprocess.run(inside, input=text, capture_output=True, text=True, timeout=60, check=False)


def _undone() -> str:
    """What the scripts write where a copy broke off."""
    line = (f". {LOGIN}; undone",)
    return subprocess.run(["sh", "-euc", *line], capture_output=True, text=True, check=True).stdout


@pytest.mark.parametrize("begun", ["", "COPY {0} FROM stdin;\n", "COPY {0} FROM stdin;\none\ntw"])
def test_nothing_of_it_is_kept(table: str, begun: str) -> None:
    copied = f"CREATE TABLE {table} (word text);\nINSERT INTO {table} VALUES ('zero');\n"
    done = _psql(copied + begun.format(table) + _undone(), "--single-transaction")
    assert done.returncode != 0
    found = _psql(f"SELECT to_regclass('{table}') IS NULL", "--no-align", "--tuples-only")
    assert found.stdout == "t\n", found.stderr
