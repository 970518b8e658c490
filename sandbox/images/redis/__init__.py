"""The image of Redis: Debian's, under the name of the official one."""

import shutil
from pathlib import Path
from typing import TextIO

from sandbox.artifacts import Artifact, ensure
from sandbox.images.tools import TOOLS
from sandbox.images.tools.archive import IMAGE, Image, pack, write_layer
from sandbox.images.tools.commands import step
from sandbox.images.tools.debian import LAYER, root_layer

NAMES = ("public.ecr.aws/docker/library/redis:7.2-bookworm",)
CONFIG = {
    "Env": ["PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"],
    "Cmd": ["redis-server"],
    "WorkingDir": "/data",
    "ExposedPorts": {"6379/tcp": {}},
    "Volumes": {"/data": {}},
}
ROOT = root_layer("layer-redis", "redis-server")


def build(folder: Path, log: TextIO) -> None:
    """Put the official image's folder on a Debian root."""
    root, layer = folder / "root", folder / LAYER
    (root / "data").mkdir(parents=True)
    (root / "data").chmod(0o1777)
    step(log, "packing the image")
    write_layer(layer, root, log)
    pack(Image(NAMES, (ensure(ROOT) / LAYER, layer), CONFIG), folder / IMAGE)
    shutil.rmtree(root)
    layer.unlink()


REDIS = Artifact("image-redis", (TOOLS, Path(__file__), ROOT.key, *NAMES), build)
