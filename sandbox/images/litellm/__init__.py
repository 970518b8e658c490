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
        f"PRISMA_QUERY_ENGINE_BINARY={ENGINE}",  # the one variable that the real image lacks
        "XDG_CACHE_HOME=/app/.cache",
    ],
    "Entrypoint": ["/app/docker/prod_entrypoint.sh"],
    "Cmd": ["--port", "4000"],
    "ExposedPorts": {"4000/tcp": {}},
}


def litellm_image(version: str) -> Artifact:
    """LiteLLM of this version, under the tag that its project gives it."""
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


LITELLM = litellm_image("1.108.7")
