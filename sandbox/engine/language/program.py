"""One run of a Pulumi program: the command line the SDK's runner expects, and the child process."""

import json
import os
import signal
import subprocess
from dataclasses import dataclass
from pathlib import Path

from pulumi.runtime.proto import language_pb2

SHOWN = 32
"""The runner's exit code when it has already shown the program's error."""


@dataclass(frozen=True)
class Launch:
    """How a program is started: command line, working directory and environment."""

    command: list[str]
    directory: Path
    environment: dict[str, str]


def launch(request: language_pb2.RunRequest, *, python: Path, runner: Path, engine: str) -> Launch:
    """The launch that `request` asks for, by the SDK's own `runner` script."""
    info = request.info
    directory = Path(request.pwd or info.program_directory or Path.cwd())
    program = Path(info.program_directory or directory, info.entry_point or request.program or ".")
    command = [
        str(python),
        "-u",
        str(runner),
        *_flags(request, directory, engine),
        str(program),
        *request.args,
    ]
    return Launch(command, directory, {**os.environ, **_configuration(request)})


def _flags(request: language_pb2.RunRequest, directory: Path, engine: str) -> list[str]:
    values = {
        "monitor": request.monitor_address,
        "engine": engine,
        "project": request.project,
        "stack": request.stack,
        "organization": request.organization,
        "root_directory": request.info.root_directory,
        "pwd": str(directory),
        "parallel": str(request.parallel),
        "dry_run": "true" if request.dryRun else "false",
    }
    return [part for name, value in values.items() if value for part in (f"--{name}", value)]


def _configuration(request: language_pb2.RunRequest) -> dict[str, str]:
    return {
        "PULUMI_CONFIG": json.dumps(dict(request.config)),
        "PULUMI_CONFIG_SECRET_KEYS": json.dumps(list(request.configSecretKeys)),
    }


class Program:
    """A program under way; its output is this process's own, which the engine reads."""

    def __init__(self, launch: Launch) -> None:
        self._child = subprocess.Popen(
            launch.command, cwd=launch.directory, env=launch.environment, stdin=subprocess.DEVNULL
        )

    def wait(self) -> int:
        """The exit code, once it has ended; minus the signal's number if a signal ended it."""
        return self._child.wait()

    def end(self) -> None:
        """End it at once and quietly: an interrupted program would show where it was interrupted."""
        self._child.terminate()


def outcome(code: int) -> language_pb2.RunResponse:
    """What the engine is told of a program that ended with `code`; nothing more if the reason is known."""
    if code == 0:
        return language_pb2.RunResponse()
    if code in (SHOWN, -signal.SIGTERM):
        return language_pb2.RunResponse(bail=True)
    if code < 0:
        return language_pb2.RunResponse(error=f"the program was ended by {signal.Signals(-code).name}")
    return language_pb2.RunResponse(error=f"the program ended with exit code {code}")
