"""The Pulumi engine of the sandbox: command, language host, Kubernetes provider, and a home of its own."""

import os
import secrets
import shutil
import sys
from pathlib import Path
from typing import TextIO

from sandbox.artifacts import Artifact
from sandbox.engine import found, launchers
from sandbox.engine.build import MODULE, build
from sandbox.engine.provider import place_kubernetes_provider

__all__ = ["ENGINE", "environment", "prepare"]


def _engine() -> Artifact:
    own = found.command()
    if own is None:
        return Artifact("pulumi", (MODULE, MODULE.parent / "build.py"), build)

    def link(folder: Path, log: TextIO) -> None:
        log.write(f"using {own}, found on the PATH\n")
        (folder / "bin").mkdir()
        (folder / "bin" / "pulumi").symlink_to(own)

    return Artifact("pulumi-found", (str(own),), link)


ENGINE = _engine()
"""The Pulumi command: the user's own if it is on the PATH with its Python language host, else built."""


def prepare(engine: Path, run: Path) -> None:
    """Make Pulumi's home, state and passphrase under `run`/pulumi; may be repeated, keeps what is there."""
    base = run / "pulumi"
    for folder in (base / "bin", base / "home" / "plugins", base / "state"):
        folder.mkdir(parents=True, exist_ok=True)
    _passphrase(base / "passphrase")
    for tool in sorted((engine / "bin").iterdir()):
        _place(tool, base / "bin" / tool.name)
    if not (engine / "bin" / "pulumi").is_symlink():
        launchers.write(base / "bin" / "pulumi-language-python", "sandbox.engine.language.__main__")
    place_kubernetes_provider(engine / "bin" / "pulumi", base / "home")


def environment(run: Path) -> dict[str, str]:
    """The variables that make `pulumi` use the sandbox's engine, state and passphrase, and nothing global."""
    base = run / "pulumi"
    return {
        "PATH": f"{base / 'bin'}{os.pathsep}{os.environ.get('PATH', os.defpath)}",
        "PULUMI_HOME": str(base / "home"),
        "PULUMI_BACKEND_URL": (base / "state").as_uri(),
        "PULUMI_CONFIG_PASSPHRASE_FILE": str(base / "passphrase"),
        "PULUMI_PYTHON_CMD": sys.executable,
        "PULUMI_SKIP_UPDATE_CHECK": "true",
        "PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION": "true",
    }


def _passphrase(path: Path) -> None:
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(32))


def _place(tool: Path, target: Path) -> None:
    # One folder for the command and the plugins that come with it, or it warns; a link where it is one disk.
    target.unlink(missing_ok=True)
    if tool.is_symlink():
        target.symlink_to(tool.readlink())
        return
    try:
        os.link(tool, target)
    except OSError:
        shutil.copy2(tool, target)
