"""The stack that a command is about: its settings, as the program reads them, and the way to its services."""

import json
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Final

import click

from litemaas_infra.clients.services import Services
from litemaas_infra.clients.way import Way
from litemaas_infra.errors import SettingsError
from litemaas_infra.names import PROJECT
from litemaas_infra.settings import Settings, read

FOLDER: Final = Path(__file__).parents[2]
"""Where Pulumi.yaml is."""
PATIENCE: Final = 60.0
"""Seconds that Pulumi may take to tell or take a setting."""
_TYPES: Final[Mapping[type, str]] = {str: "string", bool: "bool", int: "int", float: "float"}
"""What Pulumi calls the types of values."""


@dataclass(frozen=True)
class Stack:
    """A stack by its name; the selected one where there is none."""

    name: str | None = None
    folder: Path = FOLDER

    def settings(self) -> Settings:
        """Its settings, read and checked as `pulumi up` does. Raises SettingsError."""
        prefix, told = f"{PROJECT}:", self._told.items()
        own = {name.removeprefix(prefix): entry["value"] for name, entry in told if name.startswith(prefix)}
        return read(own, self.folder).settings

    def count(self, name: str) -> int:
        """How many entries a list among the settings has; what a file adds to it is none of them."""
        return len(self._told.get(f"{PROJECT}:{name}", {}).get("objectValue") or [])

    def declare(self, path: str, fields: Mapping[str, Any]) -> None:
        """Set fields of the entry at a path (`keys[0]`); whatever else it has stays, secrets too.

        The first of them, which an entry must have, is set last: one that was broken off is refused by all.
        """
        first, *others = _flat(path, fields)
        for place, value in (*others, first):
            # Not by `set-all`, which takes 007 for a number, and 0.5 for text.
            text = str(value).lower() if isinstance(value, bool) else str(value)
            self._config("set", "--path", "--type", _TYPES[type(value)], "--", place, text)

    @cached_property
    def _told(self) -> Mapping[str, Any]:
        told: Mapping[str, Any] = json.loads(self._config("--json", "--show-secrets"))
        return told

    def _config(self, *arguments: str) -> str:
        which = ("--stack", self.name) if self.name else ()
        try:
            done = subprocess.run(
                ("pulumi", "config", *which, "--non-interactive", *arguments),
                cwd=self.folder,
                capture_output=True,
                text=True,
                timeout=PATIENCE,
                check=False,
            )
        except FileNotFoundError as error:
            raise SettingsError(
                "the stack's settings cannot be read: there is no `pulumi` on the PATH; install it"
            ) from error
        except subprocess.TimeoutExpired as error:
            raise SettingsError(
                f"`pulumi config` did not end within {PATIENCE:.0f} s; see `pulumi whoami --verbose`"
            ) from error
        if done.returncode:
            raise SettingsError(
                f"the settings of {self} are not to be had: Pulumi says: {_reason(done.stderr)}; "
                "try `pulumi config`, `pulumi stack select NAME` or `litemaas --stack NAME`"
            )
        return done.stdout

    def __str__(self) -> str:
        return f"stack {self.name}" if self.name else "the selected stack"


@contextmanager
def services(settings: Settings) -> Iterator[Services]:
    """The way to the services of a stack with these settings."""
    way = Way(
        settings.namespace,
        settings.context,
        settings.gateway_url,
        settings.database_address,
        settings.verify_tls,
    )
    with closing(Services(way)) as opened:
        yield opened


pass_stack = click.make_pass_decorator(Stack)
"""Hands the stack to a command."""


def _flat(path: str, fields: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Every single value with its path."""
    for name, value in fields.items():
        if isinstance(value, list):
            yield from ((f"{path}.{name}[{place}]", item) for place, item in enumerate(value))
        else:
            yield f"{path}.{name}", value


def _reason(said: str) -> str:
    """What Pulumi said, in one line, without its warnings: one tells of a newer version after all else."""
    lines = (line.strip() for line in said.splitlines())
    told = " ".join(line for line in lines if line and not line.startswith("warning:"))
    return told.removeprefix("error: ") or "it does not say why"
