"""Python packages for an image: wheels for its interpreter, not for the one that builds."""

import sys
from pathlib import Path
from typing import TextIO

from sandbox.images.tools.commands import inside, run, step

VERSION = "3.11"
"""The Python of the Debian release that the images are made of."""

GLIBC_MINORS = (28, 27, 24, 17, 12, 5)
PLATFORMS = (*(f"manylinux_2_{minor}_x86_64" for minor in GLIBC_MINORS), "manylinux2014_x86_64")


def install(requirements: Path, target: Path, log: TextIO) -> None:
    """Install a lock file's wheels, each checked against its hash. Raises CommandError."""
    step(log, f"installing the {_count(requirements)} Python packages of {requirements.name}")
    pip = (
        sys.executable,
        "-m",
        "pip",
        "install",
        "--quiet",
        "--no-input",
        "--no-warn-conflicts",
        "--no-compile",
    )
    wheels = ("--require-hashes", "--no-deps", "--only-binary=:all:", f"--python-version={VERSION}")
    platforms = (f"--platform={platform}" for platform in PLATFORMS)
    run(log, *pip, *wheels, *platforms, f"--target={target}", "--requirement", requirements)


def compile_bytecode(root: Path, folder: str, log: TextIO) -> None:
    """Compile a folder of a root file system with the Python in it. Raises CommandError."""
    # Now, as a container can't write it down; unchecked, as a layer keeps no times to compare sources with.
    compiler = ("-m", "compileall", "-q", "-j", "0", "--invalidation-mode", "unchecked-hash")
    inside(log, root, f"/usr/bin/python{VERSION}", *compiler, folder, env={"LANG": "C.UTF-8"})


def _count(requirements: Path) -> int:
    return sum("==" in line for line in requirements.read_text().splitlines())
