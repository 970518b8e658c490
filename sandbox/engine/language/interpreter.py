"""Which Python runs a program, and what is installed for it."""

import json
import subprocess
import sys
from pathlib import Path

from google.protobuf import json_format
from pulumi.runtime.proto import language_pb2

LIST_PACKAGES = (
    "import importlib.metadata as m, json; "
    "print(json.dumps({d.metadata['Name']: d.version for d in m.distributions()}))"
)


class NoInterpreterError(Exception):
    """The virtual environment that Pulumi.yaml names holds no Python; the message says how to make it."""


def interpreter(info: language_pb2.ProgramInfo) -> Path:
    """The Python of `runtime.options.virtualenv`, else this host's own. Raises NoInterpreterError."""
    virtualenv = json_format.MessageToDict(info.options).get("virtualenv")
    if not virtualenv:
        return Path(sys.executable)
    python = Path(info.root_directory or ".", virtualenv, "bin", "python")
    if not python.is_file():
        raise NoInterpreterError(
            f"there is no Python at {python}, which runtime.options.virtualenv in Pulumi.yaml names: "
            f"make it with `python3 -m venv {python.parent.parent}` and install the requirements into it"
        )
    return python


def version(python: Path) -> str:
    """The interpreter's version, such as 3.11.2."""
    return _ask(python, "import platform; print(platform.python_version())").strip()


def packages(python: Path) -> dict[str, str]:
    """Name and version of every distribution the interpreter can import."""
    found: dict[str, str] = json.loads(_ask(python, LIST_PACKAGES))
    return found


def _ask(python: Path, source: str) -> str:
    return subprocess.run([python, "-c", source], check=True, capture_output=True, text=True).stdout
