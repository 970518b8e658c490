"""Images in the place of LiteMaaS's own: they take the same variables and files, and refuse what it would."""

import shutil
from functools import partial
from pathlib import Path
from typing import TextIO

from sandbox.artifacts import Artifact, ensure
from sandbox.images.runtime import ROOT
from sandbox.images.tools import TOOLS
from sandbox.images.tools.archive import IMAGE, Image, pack, write_layer
from sandbox.images.tools.commands import step
from sandbox.images.tools.debian import LAYER
from sandbox.images.tools.python import VERSION, install

HERE = Path(__file__).parent
NAMES = {part: f"quay.io/rh-aiservices-bu/litemaas-{part}:0.4.0" for part in ("backend", "frontend")}
REQUIREMENTS = HERE / "requirements.txt"
WRITTEN = ("opt/app-root/etc/nginx.default.d", "var/log/nginx", "var/lib/nginx/tmp")
"""Folders of the frontend's own image that it writes to."""


def build(part: str, folder: Path, log: TextIO) -> None:
    """The server's modules on the shared root, the backend's with a client for its database."""
    root, layer = folder / "root", folder / LAYER
    step(log, f"packing LiteMaaS's {part}")
    shutil.copytree(HERE / part, root / "app" / part, ignore=shutil.ignore_patterns("__pycache__"))
    if part == "backend":
        install(REQUIREMENTS, root / "app", log)
    for written in WRITTEN if part == "frontend" else ():
        (root / written).mkdir(parents=True)
    write_layer(layer, root, log)
    pack(Image((NAMES[part],), (ensure(ROOT) / LAYER, layer), _config(part)), folder / IMAGE)
    shutil.rmtree(root)
    layer.unlink()


def _config(part: str) -> dict[str, object]:
    return {
        "User": "1001",
        "WorkingDir": "/app",
        "Env": ["LANG=C.UTF-8", "PATH=/usr/bin:/bin", "PYTHONUNBUFFERED=1"],
        "Entrypoint": [f"/usr/bin/python{VERSION}", "-m", part],
        "ExposedPorts": {"8080/tcp": {}},
    }


def _image(part: str, *inputs: Path) -> Artifact:
    everything: tuple[Path | str, ...] = (TOOLS, Path(__file__), HERE / part, *inputs, ROOT.key, NAMES[part])
    return Artifact(f"image-litemaas-{part}", everything, partial(build, part))


BACKEND = _image("backend", REQUIREMENTS)
FRONTEND = _image("frontend")
