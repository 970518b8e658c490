"""Small servers in the place of images that are in no package registry, under those images' names."""

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

REQUIREMENTS = Path(__file__).with_name("stand_in.txt")
"""What those that have a database read it with."""


def stand_in(
    artifact: str, name: str, package: Path, *, database: bool = False, written: tuple[str, ...] = ()
) -> Artifact:
    """The image of that name, which runs a Python package; `written` are folders that it writes to."""
    inputs: tuple[Path | str, ...] = (TOOLS, Path(__file__), package, REQUIREMENTS, ROOT.key, name, *written)
    return Artifact(artifact, inputs, partial(_build, name, package, database=database, written=written))


def _build(
    name: str, package: Path, folder: Path, log: TextIO, *, database: bool, written: tuple[str, ...]
) -> None:
    root, layer = folder / "root", folder / LAYER
    step(log, f"packing {name}")
    shutil.copytree(package, root / "app" / package.name, ignore=shutil.ignore_patterns("__pycache__"))
    if database:
        install(REQUIREMENTS, root / "app", log)
    for path in written:
        (root / path).mkdir(parents=True)
    write_layer(layer, root, log)
    pack(Image((name,), (ensure(ROOT) / LAYER, layer), _config(package.name)), folder / IMAGE)
    shutil.rmtree(root)
    layer.unlink()


def _config(module: str) -> dict[str, object]:
    return {
        "User": "1001",
        "WorkingDir": "/app",
        "Env": ["LANG=C.UTF-8", "PATH=/usr/bin:/bin", "PYTHONUNBUFFERED=1"],
        "Entrypoint": [f"/usr/bin/python{VERSION}", "-m", module],
    }
