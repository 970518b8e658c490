"""The images' store in the cache, as a starting containerd finds it."""

from pathlib import Path

import pytest

from sandbox.cluster.images import provide

BLOB = Path("io.containerd.content.v1.content/blobs/sha256/abc")
LAYER = Path("io.containerd.snapshotter.v1.overlayfs/snapshots/1")
DATABASE = Path("io.containerd.metadata.v1.bolt/meta.db")


@pytest.fixture
def roots(tmp_path: Path) -> tuple[Path, Path]:
    store, root = tmp_path / "store", tmp_path / "run" / "root"
    for file in (BLOB, LAYER / "fs" / "bin", DATABASE):
        (store / file).parent.mkdir(parents=True)
        (store / file).write_text("stored")
    provide(store, root)
    return store, root


@pytest.mark.parametrize("bulk", [BLOB, LAYER])
def test_the_bulk_is_linked_not_copied(roots: tuple[Path, Path], bulk: Path) -> None:
    store, root = roots
    assert (root / bulk).readlink() == store / bulk


def test_what_containerd_changes_is_its_own(roots: tuple[Path, Path]) -> None:
    store, root = roots
    (root / DATABASE).write_text("changed")
    (root / LAYER.parent / "2").mkdir()
    assert (store / DATABASE).read_text() == "stored"
    assert not (store / LAYER.parent / "2").exists()
