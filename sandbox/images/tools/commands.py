"""Commands run for a build, their output in its log."""

import shlex
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import TextIO


class CommandError(Exception):
    """A command of a build ended with an error; what it printed is in the log."""


def step(log: TextIO, doing: str) -> None:
    """Say in the log what is being done, for whoever watches."""
    log.write(f"{doing}\n")
    log.flush()  # a command writes past this buffer, straight to the file


def run(
    log: TextIO, *command: str | Path, cwd: Path | None = None, env: Mapping[str, str] | None = None
) -> None:
    """Run a command to its end. Raises CommandError."""
    silent = subprocess.DEVNULL
    try:
        ended = subprocess.run(command, cwd=cwd, env=env, stdin=silent, stdout=log, stderr=log, check=False)
    except FileNotFoundError as error:
        raise CommandError(f"{command[0]} is not installed") from error
    if ended.returncode:
        raise CommandError(f"`{shlex.join(map(str, command))}` ended with status {ended.returncode}")


def inside(log: TextIO, root: Path, *command: str, env: Mapping[str, str]) -> None:
    """Run a command in a root file system, with no variable of this machine's. Raises CommandError."""
    own = ("--mount", "--pid", "--fork", "--kill-child", f"--root={root}", "--mount-proc")
    run(log, "unshare", *own, *command, env=env)
