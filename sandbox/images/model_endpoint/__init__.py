"""The image of the model endpoint: our own small server, on the layer that LiteLLM stands on too."""

import shutil
from pathlib import Path
from typing import TextIO

from sandbox.artifacts import Artifact, ensure
from sandbox.images.runtime import ROOT
from sandbox.images.tools import TOOLS
from sandbox.images.tools.archive import IMAGE, Image, pack, write_layer
from sandbox.images.tools.commands import step
from sandbox.images.tools.debian import LAYER
from sandbox.images.tools.python import VERSION

NAMES = ("sandbox.test/model-endpoint:1",)
PACKAGE = "model_endpoint"
HERE = Path(__file__).parent
CONFIG = {
    "User": "65534:65534",
    "WorkingDir": "/app",
    "Env": ["LANG=C.UTF-8", "PATH=/usr/bin:/bin", "PYTHONUNBUFFERED=1"],
    "Entrypoint": [f"/usr/bin/python{VERSION}", "-m", PACKAGE],
    "ExposedPorts": {"8000/tcp": {}},
}


def build(folder: Path, log: TextIO) -> None:
    """The server's modules on the shared root; they need nothing but Python."""
    root, layer = folder / "root", folder / LAYER
    step(log, "packing the model endpoint")
    shutil.copytree(HERE / "server", root / "app" / PACKAGE, ignore=shutil.ignore_patterns("__pycache__"))
    write_layer(layer, root, log)
    pack(Image(NAMES, (ensure(ROOT) / LAYER, layer), CONFIG), folder / IMAGE)
    shutil.rmtree(root)
    layer.unlink()


MODEL_ENDPOINT = Artifact("image-model-endpoint", (TOOLS, HERE, ROOT.key, *NAMES), build)
