"""Layers, and images packed of them in the form that `docker save` writes and containerd imports."""

import hashlib
import io
import json
import tarfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TextIO

from sandbox.images.tools.commands import run

IMAGE = "image.tar"
"""The file that every artifact made of a whole image holds."""

EPOCH = "1970-01-01T00:00:00Z"


@dataclass(frozen=True)
class Image:
    """What is packed: the names it goes by, its layers from the lowest up, and OCI's image config."""

    names: tuple[str, ...]
    layers: tuple[Path, ...]
    config: Mapping[str, Any]


def write_layer(target: Path, root: Path, log: TextIO, members: Iterable[str] = (".",)) -> None:
    """Pack a folder's members; only names, modes and content make a difference. Raises CommandError."""
    same = ("--format=gnu", "--sort=name", "--mtime=@0", "--owner=0", "--group=0", "--numeric-owner")
    run(log, "tar", "-C", root, *same, "-cf", target, *members)


def pack(image: Image, target: Path) -> None:
    """Write the image as one uncompressed archive: an import then only copies."""
    digests = [_digest(layer) for layer in image.layers]
    config = _json(
        {
            "architecture": "amd64",
            "os": "linux",
            "created": EPOCH,
            "config": image.config,
            "rootfs": {"type": "layers", "diff_ids": [f"sha256:{digest}" for digest in digests]},
            "history": [{"created": EPOCH} for _ in digests],
        }
    )
    config_name = f"{hashlib.sha256(config).hexdigest()}.json"
    layer_names = [f"{digest}.tar" for digest in digests]
    manifest = [{"Config": config_name, "RepoTags": image.names, "Layers": layer_names}]
    with tarfile.open(target, "w", format=tarfile.GNU_FORMAT) as archive:
        _add(archive, config_name, io.BytesIO(config), len(config))
        _add(archive, "manifest.json", io.BytesIO(_json(manifest)), len(_json(manifest)))
        for name, layer in zip(layer_names, image.layers, strict=True):
            with layer.open("rb") as content:
                _add(archive, name, content, layer.stat().st_size)


def _add(archive: tarfile.TarFile, name: str, content: Any, size: int) -> None:
    entry = tarfile.TarInfo(name)
    entry.size = size
    archive.addfile(entry, content)


def _digest(path: Path) -> str:
    with path.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def _json(value: Any) -> bytes:
    return json.dumps(value, sort_keys=True).encode()
