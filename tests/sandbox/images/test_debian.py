import os
from pathlib import Path

import pytest

from sandbox.images.tools import debian
from sandbox.images.tools.commands import CommandError

LISTED = """\
deb http://mirror.test/debian/ bookworm main
deb http://mirror.test/debian/ bookworm main
deb http://mirror.test/debian/ bookworm-updates main
deb http://mirror.test/debian/ bookworm contrib
deb http://mirror.test/security/ bookworm-security main
deb http://other.test/ nodistro main
"""


@pytest.fixture
def apt_get(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """What the apt of this test's machine prints."""
    printed = tmp_path / "printed"
    program = tmp_path / "apt-get"
    program.write_text(f"#!/bin/sh\ncat {printed}\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    return printed


def test_the_mirrors_are_the_ones_that_apt_uses(apt_get: Path) -> None:
    apt_get.write_text(LISTED)
    assert debian.sources() == [
        "deb http://mirror.test/debian/ bookworm main",
        "deb http://mirror.test/debian/ bookworm-updates main",
        "deb http://mirror.test/security/ bookworm-security main",
    ]


def test_a_machine_without_a_mirror_of_our_release_is_told_to_add_one(apt_get: Path) -> None:
    apt_get.write_text("deb http://mirror.test/debian/ sid main\n")
    with pytest.raises(
        CommandError, match=r"no mirror of Debian bookworm: add one to /etc/apt/sources\.list"
    ):
        debian.sources()


def test_another_package_makes_another_layer() -> None:
    assert debian.root_layer("layer", "bash").key != debian.root_layer("layer", "bash", "sed").key
