"""The programs that stand in for Prisma's own: `engine/` and the packages it is written with."""

import shutil
from pathlib import Path
from typing import TextIO

from sandbox.artifacts import Artifact
from sandbox.images.tools import TOOLS
from sandbox.images.tools.commands import run, step

SOURCES = Path(__file__).parent / "engine"
PROGRAMS = ("query-engine.js", "prisma.js")


def build(folder: Path, log: TextIO) -> None:
    """Install the packages of the lock file beside the sources."""
    step(log, "installing the query engine's packages")
    shutil.copytree(SOURCES, folder, dirs_exist_ok=True)
    run(log, "npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", cwd=folder)
    for program in PROGRAMS:
        (folder / program).chmod(0o755)


QUERY_ENGINE = Artifact("query-engine", (TOOLS, SOURCES, Path(__file__)), build)
