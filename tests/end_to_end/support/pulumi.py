"""Pulumi's commands on a stack, as its users run them."""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from tests.end_to_end.support.commands import Done
from tests.end_to_end.support.sandbox import inside

_UP = ("--yes", "--skip-preview")
PATIENCE = 240.0
"""Seconds that any one Pulumi command may take."""


@dataclass(frozen=True)
class Stack:
    """A stack by its name."""

    name: str

    def command(self, *arguments: str) -> tuple[str, ...]:
        """Any command, on this stack."""
        return ("pulumi", *arguments, "--stack", self.name)

    def pulumi(self, *arguments: str, timeout: float = PATIENCE, stdin: str = "") -> Done:
        """Any command, run to its end."""
        return inside(*self.command(*arguments), timeout=timeout, stdin=stdin)

    def up(self, *arguments: str, timeout: float = PATIENCE) -> Done:
        """`pulumi up` without questions, whether it succeeds or not."""
        return self.pulumi("up", *_UP, *arguments, timeout=timeout)

    def mend(self) -> Done:
        """`pulumi up --refresh`: looks at what is there, and makes it what is declared."""
        return self.up("--refresh").succeeded()

    def unchanged(self) -> None:
        """Neither the cluster nor the program has anything to change."""
        self.pulumi("preview", "--refresh", "--expect-no-changes").succeeded()

    def preview(self) -> Done:
        """What a refresh finds and `up` would do about it, in detail."""
        return self.pulumi("preview", "--refresh", "--diff").succeeded()

    def destroy(self, *arguments: str) -> Done:
        """`pulumi destroy` without questions, whether it succeeds or not."""
        return self.pulumi("destroy", *_UP, *arguments)

    def outputs(self) -> dict[str, Any]:
        """What the stack says about itself."""
        answer: dict[str, Any] = json.loads(self.pulumi("stack", "output", "--json").succeeded().out)
        return answer

    def export(self) -> str:
        """The stack's state, as it would be kept in a file."""
        return self.pulumi("stack", "export").succeeded().out

    def set(self, path: str, value: str) -> None:
        """`pulumi config set`."""
        self.pulumi("config", "set", "--path", path, value).succeeded()

    def set_from_input(self, path: str, value: str, *arguments: str) -> None:
        """`pulumi config set`, the value on standard input: that of a file, or a secret."""
        self.pulumi("config", "set", "--path", *arguments, path, stdin=value).succeeded()

    def unset(self, path: str) -> None:
        """`pulumi config rm`."""
        self.pulumi("config", "rm", "--path", path).succeeded()

    @contextmanager
    def with_setting(self, path: str, value: str, otherwise: str | None = None) -> Iterator[None]:
        """The setting for a while; after it, it is `otherwise`, or not set."""
        self.set(path, value)
        try:
            yield
        finally:
            if otherwise is None:
                self.unset(path)
            else:
                self.set(path, otherwise)


def changes_shown(diff: str, resource: str) -> set[str]:
    """The fields of a resource that a detailed preview marks as changed, anywhere in it."""
    parts = re.split(r"^(?=[ ]*[-+~ ]+ ?[\w:./-]+: \()", diff, flags=re.MULTILINE)
    about = [part for part in parts if re.search(rf"::{re.escape(resource)}\]$", part, re.MULTILINE)]
    return {name for part in about for name in re.findall(r"^ *[-+~] (\w+) *:", part, re.MULTILINE)}
