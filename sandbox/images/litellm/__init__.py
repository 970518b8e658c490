"""The gateway's image: LiteLLM's wheel in the real image's layout, with Prisma's engine in WebAssembly."""

import shutil
from functools import partial
from pathlib import Path
from typing import TextIO

from sandbox.artifacts import Artifact, ensure
from sandbox.images.litellm.packages import ENGINE, VENV, packages_layer
from sandbox.images.litellm.query_engine import QUERY_ENGINE
from sandbox.images.runtime import ROOT
from sandbox.images.tools import TOOLS
from sandbox.images.tools.archive import IMAGE, Image, pack, write_layer
from sandbox.images.tools.commands import step
from sandbox.images.tools.debian import LAYER

HERE = Path(__file__).parent
PRISMA_CACHE = "/app/.cache/prisma-python/binaries"
PATH = f"/{VENV}/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
CONFIG = {
    "User": "nobody",
    "WorkingDir": "/app",
    "Env": [
        f"PATH={PATH}",
        "HOME=/app",
        "LANG=C.UTF-8",
        "LITELLM_NON_ROOT=true",
        f"PRISMA_BINARY_CACHE_DIR={PRISMA_CACHE}",
        "PRISMA_HIDE_UPDATE_MESSAGE=1",
        "PRISMA_OFFLINE_MODE=true",
        "XDG_CACHE_HOME=/app/.cache",
        # Two that the real image lacks. 1.81 would fetch a file that it ships where it can't write beside it.
        f"PRISMA_QUERY_ENGINE_BINARY={ENGINE}",
        "CUSTOM_TIKTOKEN_CACHE_DIR=/app/litellm/litellm_core_utils/tokenizers",
    ],
    "Entrypoint": ["/app/docker/prod_entrypoint.sh"],
    "Cmd": ["--port", "4000"],
    "ExposedPorts": {"4000/tcp": {}},
}


def litellm_image(version: str) -> Artifact:
    """LiteLLM of one of the `VERSIONS`, under the tag that its project gives it."""
    name = f"ghcr.io/berriai/litellm-non_root:v{version}"
    packages = packages_layer(version)
    parts = (ROOT.key, packages.key, QUERY_ENGINE.key)
    inputs = (TOOLS, *parts, Path(__file__), HERE / "prod_entrypoint.sh", name)
    return Artifact(f"image-litellm-{version}", inputs, partial(_build, name, packages))


def _build(name: str, packages: Artifact, folder: Path, log: TextIO) -> None:
    root, layer = folder / "root", folder / LAYER
    layers = (ensure(ROOT) / LAYER, ensure(packages) / LAYER, layer)
    _install_engine(root)
    _install_entrypoint(root)
    step(log, "packing the image")
    write_layer(layer, root, log)
    pack(Image((name,), layers, CONFIG), folder / IMAGE)
    shutil.rmtree(root)
    layer.unlink()


def _install_engine(root: Path) -> None:
    engine = Path(ENGINE).parent
    shutil.copytree(ensure(QUERY_ENGINE), root / engine.relative_to("/"))
    # On the PATH, and where LiteLLM looks for it in the real image
    for link in (VENV / "bin/prisma", Path(PRISMA_CACHE.lstrip("/")) / "node_modules/.bin/prisma"):
        (root / link).parent.mkdir(parents=True)
        (root / link).symlink_to(engine / "prisma.js")


def _install_entrypoint(root: Path) -> None:
    entrypoint = root / "app/docker/prod_entrypoint.sh"
    entrypoint.parent.mkdir()
    shutil.copyfile(HERE / "prod_entrypoint.sh", entrypoint)
    entrypoint.chmod(0o755)


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(map(int, version.split(".")))


LOCKED = [lock.stem for lock in (HERE / "requirements").glob("*.txt")]
VERSIONS = tuple(sorted(LOCKED, key=_numbers))
"""The versions there is a lock file for, the oldest first."""

DEFAULT = "1.108.7"
LITELLM = litellm_image(DEFAULT)
"""The one that every sandbox has."""
