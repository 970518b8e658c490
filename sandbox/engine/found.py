"""What of Pulumi is on this machine already: the command, and the real Kubernetes provider."""

import os
import re
import shutil
import subprocess
from importlib import metadata
from pathlib import Path

from sandbox.paths import RUN

OLDEST = (3, 259)
"""The oldest command known to drive the pinned SDK."""

KUBERNETES = "pulumi-resource-kubernetes"


def command() -> Path | None:
    """The `pulumi` on the PATH, if it is recent enough and its Python language host lies there too."""
    found = shutil.which("pulumi", path=_path())
    if not found or not shutil.which("pulumi-language-python", path=_path()):
        return None
    return Path(found) if _version(found) >= OLDEST else None


def _path() -> str:
    # A command started by `sandbox run` has the sandbox's own engine first on its PATH: not the user's.
    own = str(RUN / "pulumi" / "bin")
    folders = os.environ.get("PATH", os.defpath).split(os.pathsep)
    return os.pathsep.join(folder for folder in folders if folder != own)


def _version(pulumi: str) -> tuple[int, ...]:
    environment = {**os.environ, "PULUMI_SKIP_UPDATE_CHECK": "true"}
    command = [pulumi, "version"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    return tuple(map(int, re.findall(r"\d+", done.stdout)[:2]))


def kubernetes_version() -> str:
    """The version of the provider that the installed pulumi_kubernetes SDK asks for."""
    return metadata.version("pulumi-kubernetes")


def kubernetes_folder() -> str:
    """The folder of that version in a Pulumi home's `plugins` folder."""
    return f"resource-kubernetes-v{kubernetes_version()}"


def kubernetes_on_path() -> Path | None:
    """The real provider on the PATH; Pulumi itself prefers it to any other."""
    found = shutil.which(KUBERNETES, path=_path())
    return Path(found) if found else None


def kubernetes_in_cache() -> Path | None:
    """The folder of the real provider in the user's own plugin cache."""
    folder = Path.home() / ".pulumi" / "plugins" / kubernetes_folder()
    return folder if (folder / KUBERNETES).is_file() else None
