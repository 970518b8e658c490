"""A stack of the test's own, beside the one that all live tests use."""

import json
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import yaml

from sandbox.paths import CHECKOUT

PATIENCE = 300.0
"""Seconds that any one Pulumi command may take."""


class Stack:
    """A stack by its name, and its commands."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.settings = CHECKOUT / f"Pulumi.{name}.yaml"

    def pulumi(self, *arguments: str) -> str:
        """What a Pulumi command on this stack prints; the test fails when it fails."""
        done = subprocess.run(
            ["pulumi", *arguments, "--stack", self.name],
            cwd=CHECKOUT,
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=False,
        )
        assert done.returncode == 0, f"pulumi {' '.join(arguments)}:\n{done.stdout}{done.stderr}"
        return done.stdout

    def up(self) -> None:
        """Make it what is declared."""
        self.pulumi("up", "--yes", "--skip-preview")

    def set(self, setting: str, value: str) -> None:
        """`pulumi config set`."""
        self.pulumi("config", "set", f"litemaas:{setting}", value)

    def unchanged(self) -> None:
        """Neither the cluster nor the program has anything to change."""
        self.pulumi("preview", "--refresh", "--expect-no-changes")

    def outputs(self) -> dict[str, Any]:
        """What the stack says about itself."""
        answer: dict[str, Any] = json.loads(self.pulumi("stack", "output", "--json"))
        return answer


@contextmanager
def deployed(name: str, settings: Mapping[str, Any]) -> Iterator[Stack]:
    """A stack with these settings, up for as long as the block runs; nothing of it is left."""
    stack = Stack(name)
    content = {"config": {f"litemaas:{key}": value for key, value in settings.items()}}
    stack.settings.write_text(yaml.safe_dump(content))
    try:
        stack.pulumi("stack", "init", "--no-select")
        stack.up()
        yield stack
        stack.pulumi("destroy", "--yes", "--skip-preview", "--remove")
    finally:
        stack.settings.unlink(missing_ok=True)
