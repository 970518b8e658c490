"""What the sandbox says about a machine that lacks something."""

import shutil
from collections import namedtuple
from pathlib import Path

import pytest

from sandbox.cluster import kernel, packages, prerequisites

Usage = namedtuple("Usage", "total used free")  # noqa: PYI024 - as shutil has it


@pytest.fixture(autouse=True)
def capable_kernel(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(prerequisites, "_kernel", lambda: iter(()))
    monkeypatch.setattr("os.geteuid", lambda: 0)


def lacks_programs(monkeypatch: pytest.MonkeyPatch, *names: str) -> None:
    found = shutil.which
    monkeypatch.setattr(shutil, "which", lambda name: None if name in names else found(name))


def test_without_root_nothing_else_is_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.geteuid", lambda: 1000)
    (line,) = prerequisites.lacking(building=True)
    assert line.startswith("root:")
    assert "sudo" in line


def test_every_missing_toolchain_is_named_with_its_remedy(monkeypatch: pytest.MonkeyPatch) -> None:
    lacks_programs(monkeypatch, *prerequisites.TOOLCHAINS)
    lines = "\n".join(prerequisites.lacking(building=True))
    assert all(f"{program}: install" in lines for program in prerequisites.TOOLCHAINS)


def test_toolchains_are_not_needed_when_all_is_built(monkeypatch: pytest.MonkeyPatch) -> None:
    lacks_programs(monkeypatch, *prerequisites.TOOLCHAINS)
    assert prerequisites.lacking(building=False) == []


def test_a_full_disk_is_named_with_what_it_needs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: Usage(10**10, 9 * 10**9, 10**9))
    lines = prerequisites.lacking(building=True)
    assert [line.partition(": ")[0] for line in lines] == ["disk", "disk"]
    assert "needs 5 GB free and has 1.0 GB" in lines[0]
    assert "needs 15 GB free" in lines[1]


def test_a_missing_program_needs_only_its_own_package(monkeypatch: pytest.MonkeyPatch) -> None:
    there = set(packages.PACKAGES) - {"nft"}
    monkeypatch.setattr(shutil, "which", lambda name: f"/usr/bin/{name}" if name in there else None)
    monkeypatch.setattr(packages, "plugins", lambda: Path("/usr/lib/cni"))
    assert packages.missing() == ["nftables"]


def test_a_machine_without_apt_is_told_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    lacks_programs(monkeypatch, "conntrack", "apt-get")
    (line,) = prerequisites.lacking(building=False)
    assert "not Debian" in line
    assert "conntrack" in line


def test_the_kernel_refuses_a_link_it_does_not_know() -> None:
    with pytest.raises(OSError, match="no-such-link"):
        kernel.add_link("no-such-link")
