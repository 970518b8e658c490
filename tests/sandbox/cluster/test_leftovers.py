"""What `down` removes outside the sandbox's own folder, and what it leaves alone there."""

from pathlib import Path

import pytest

from sandbox.cluster import down
from sandbox.paths import RUN


@pytest.fixture(autouse=True)
def fixed_places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    places = {"CNI_RESULTS": "cni/results", "CONTAINER_LOGS": "containers", "SHIMS": "containerd/s"}
    for name, place in places.items():
        (tmp_path / place).mkdir(parents=True)
        monkeypatch.setattr(down, name, tmp_path / place)


def files(folder: Path) -> set[str]:
    return {
        str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_symlink() or path.is_file()
    }


def test_results_of_our_pods_go_and_those_of_other_clusters_stay(tmp_path: Path) -> None:
    ours = ("litemaas-sandbox-abc-eth0", "cni-loopback-abc-lo")
    others = (
        "other-def-eth0",
        "cni-loopback-def-lo",
        "litemaas-sandbox-second-ghi-eth0",
        "cni-loopback-ghi-lo",
    )
    for name in (*ours, *others):
        (tmp_path / "cni" / "results" / name).touch()
    down._remove_strays([])
    assert files(tmp_path) == {f"cni/results/{name}" for name in others}


def test_links_to_our_logs_go_and_others_stay(tmp_path: Path) -> None:
    (tmp_path / "containers" / "ours.log").symlink_to(RUN / "log" / "pods" / "0.log")
    (tmp_path / "containers" / "others.log").symlink_to("/var/log/pods/0.log")
    down._remove_strays([])
    assert files(tmp_path) == {"containers/others.log"}


def test_sockets_of_our_shims_go_and_others_stay(tmp_path: Path) -> None:
    for name in ("ours", "others"):
        (tmp_path / "containerd" / "s" / name).touch()
    down._remove_strays([tmp_path / "containerd" / "s" / "ours"])
    assert files(tmp_path) == {"containerd/s/others"}


def test_folders_that_are_empty_now_go_too(tmp_path: Path) -> None:
    down._remove_strays([])
    assert list(tmp_path.iterdir()) == []


def test_a_mount_is_found_in_its_folder_but_not_in_one_with_a_longer_name() -> None:
    assert Path("/proc") in down._mounts_below(Path("/"))
    assert down._mounts_below(Path("/pro")) == []
