"""The image of the container that Kubernetes puts first into every pod."""

import shutil
from pathlib import Path
from typing import TextIO

from sandbox.artifacts import Artifact
from sandbox.images.tools import TOOLS
from sandbox.images.tools.archive import IMAGE, Image, pack, write_layer
from sandbox.images.tools.commands import run, step

NAMES = ("registry.k8s.io/pause:3.10",)
CONFIG = {"User": "65535:65535", "Entrypoint": ["/pause"]}
HERE = Path(__file__).parent


def build(folder: Path, log: TextIO) -> None:
    """Compile it statically: the program is the whole image."""
    root, layer = folder / "root", folder / "layer.tar"
    root.mkdir()
    step(log, "compiling pause")
    run(log, "gcc", "-Os", "-Wall", "-Werror", "-static", "-s", "-o", root / "pause", HERE / "pause.c")
    write_layer(layer, root, log)
    pack(Image(NAMES, (layer,), CONFIG), folder / IMAGE)
    shutil.rmtree(root)
    layer.unlink()


PAUSE = Artifact("image-pause", (TOOLS, HERE, *NAMES), build)
