"""The stacks' settings in the sandbox: private copies, so that the checkout's files stay as they are.

Pulumi writes a salt, and `pulumi config set` a value, into Pulumi.STACK.yaml; what `sandbox run` starts finds
the copies in the files' places.
"""

import shutil
from pathlib import Path
from typing import Any

import yaml

from sandbox.cluster import kernel
from sandbox.cluster.configuration import dump

FILES = ("Pulumi.aws.yaml", "Pulumi.cnv.yaml", "Pulumi.local.yaml")


def bind(checkout: Path, copies: Path) -> None:
    """Lets the checkout's stack files show their private copies; the caller has mounts of its own."""
    for name in FILES:
        if (checkout / name).exists():
            kernel.bind(refreshed(checkout / name, copies), checkout / name)


def refreshed(original: Path, copies: Path) -> Path:
    """The private copy: made when missing; a changed original wins, save for keys that only the copy has."""
    copy, seen = copies / original.name, copies / f"{original.name}.original"
    if not copy.exists():
        shutil.copyfile(original, copy)
    elif seen.read_text() != original.read_text():
        dump(merged(_read(copy), _read(original)), copy)
    shutil.copyfile(original, seen)
    return copy


def merged(old: dict[str, Any], new: dict[str, Any]) -> dict[str, Any]:
    """`new` laid over `old`, the `config` key by key; the salt that encrypts old's secrets stays."""
    return {**old, **new, "config": {**(old.get("config") or {}), **(new.get("config") or {})}}


def _read(path: Path) -> dict[str, Any]:
    return yaml.safe_load(path.read_text()) or {}
