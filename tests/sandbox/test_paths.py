"""The names of sandboxes beside each other."""

import os
import subprocess
import sys

import pytest

from sandbox.paths import CHECKOUT


def _names(chosen: str) -> subprocess.CompletedProcess[str]:
    """What a process that is told the name takes for its folder and its network."""
    program = "from sandbox.cluster import names; from sandbox.paths import RUN; print(RUN, names.NETWORK)"
    return subprocess.run(
        [sys.executable, "-c", program],
        cwd=CHECKOUT,
        env={**os.environ, "LITEMAAS_SANDBOX": chosen},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    ("chosen", "name"), [("", "litemaas-sandbox"), ("second", "litemaas-sandbox-second")]
)
def test_each_has_its_folder_and_its_network(chosen: str, name: str) -> None:
    assert _names(chosen).stdout.split() == [f"/var/lib/{name}", name]


@pytest.mark.parametrize("chosen", ["../etc", "a/b", "Second", "a b", "x" * 17, "a-b"])
def test_a_name_that_could_lead_elsewhere_is_refused_in_one_line(chosen: str) -> None:
    done = _names(chosen)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.count("\n") == 1
    assert done.stderr.startswith(f"sandbox: LITEMAAS_SANDBOX={chosen!r}: up to 16 small letters")
