import hashlib
import json
import os
import tarfile
from pathlib import Path
from typing import Any

import pytest

from sandbox.images.tools.archive import Image, pack, write_layer

CONFIG = {"Entrypoint": ["/program"], "User": "65535:65535"}


def test_the_same_files_give_the_same_layer_whenever_they_were_written(tmp_path: Path) -> None:
    old, new = _make_root(tmp_path / "old"), _make_root(tmp_path / "new")
    os.utime(old / "folder/file", (0, 0))
    assert _layer(old).read_bytes() == _layer(new).read_bytes()


def test_another_mode_gives_another_layer(tmp_path: Path) -> None:
    one, other = _make_root(tmp_path / "one"), _make_root(tmp_path / "other")
    (other / "folder/file").chmod(0o755)
    assert _layer(one).read_bytes() != _layer(other).read_bytes()


def test_a_layer_belongs_to_root(tmp_path: Path) -> None:
    with tarfile.open(_layer(_make_root(tmp_path / "root"))) as layer:
        assert {(entry.uid, entry.gid) for entry in layer} == {(0, 0)}


def test_a_layer_can_hold_some_members_only(tmp_path: Path) -> None:
    root = _make_root(tmp_path / "root")
    (root / "other").mkdir()
    target = tmp_path / "layer.tar"
    with (tmp_path / "log").open("w") as log:
        write_layer(target, root, log, members=("./folder",))
    with tarfile.open(target) as layer:
        assert layer.getnames() == ["./folder", "./folder/file"]


def test_an_image_has_its_names_config_and_layers_in_order(tmp_path: Path) -> None:
    lower, upper = _make_file(tmp_path / "lower", b"lower"), _make_file(tmp_path / "upper", b"upper")
    names = ("registry.test/a:1", "registry.test/b:2")
    pack(Image(names, (lower, upper), CONFIG), tmp_path / "image.tar")
    [entry] = _read(tmp_path / "image.tar", "manifest.json")
    assert entry["RepoTags"] == list(names)
    with tarfile.open(tmp_path / "image.tar") as archive:
        contents = [archive.extractfile(layer) for layer in entry["Layers"]]
        assert [content.read() for content in contents if content] == [b"lower", b"upper"]
    config = _read(tmp_path / "image.tar", entry["Config"])
    assert config["config"] == CONFIG
    assert config["rootfs"]["diff_ids"] == [f"sha256:{_sha256(b'lower')}", f"sha256:{_sha256(b'upper')}"]


def test_the_config_is_named_after_its_digest(tmp_path: Path) -> None:
    pack(Image(("a:1",), (_make_file(tmp_path / "layer", b""),), CONFIG), tmp_path / "image.tar")
    with tarfile.open(tmp_path / "image.tar") as archive:
        [name] = [name for name in archive.getnames() if name.endswith(".json") and name != "manifest.json"]
        content = archive.extractfile(name)
        assert content
        assert name == f"{_sha256(content.read())}.json"


@pytest.mark.parametrize("changed", [{"User": "1"}, {"Env": ["A=1"]}])
def test_the_same_image_is_packed_the_same_and_a_changed_one_is_not(
    tmp_path: Path, changed: dict[str, Any]
) -> None:
    layer = _make_file(tmp_path / "layer", b"content")
    packed = []
    for number, config in enumerate((CONFIG, CONFIG, CONFIG | changed)):
        target = tmp_path / f"{number}.tar"
        pack(Image(("a:1",), (layer,), config), target)
        packed.append(target.read_bytes())
    assert packed[0] == packed[1] != packed[2]


def _make_root(root: Path) -> Path:
    (root / "folder").mkdir(parents=True)
    (root / "folder/file").write_text("content")
    return root


def _make_file(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


def _layer(root: Path) -> Path:
    target = root.with_suffix(".tar")
    with root.with_suffix(".log").open("w") as log:
        write_layer(target, root, log)
    return target


def _read(archive: Path, name: str) -> Any:
    with tarfile.open(archive) as opened:
        content = opened.extractfile(name)
        assert content
        return json.loads(content.read())


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
