"""The certificate authorities that commands in the sandbox trust."""

from pathlib import Path

import pytest

from sandbox.cluster import trust


def test_the_bundle_holds_the_machines_authorities_and_the_routers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    system = tmp_path / "system.crt"
    system.write_text("MACHINE\n")
    monkeypatch.setattr(trust, "SYSTEM_BUNDLES", (tmp_path / "none.crt", system))
    trust.write_bundle("ROUTER\n", tmp_path)
    assert trust.bundle(tmp_path).read_text() == "MACHINE\nROUTER\n"


def test_a_machine_without_authorities_still_trusts_the_router(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(trust, "SYSTEM_BUNDLES", ())
    trust.write_bundle("ROUTER\n", tmp_path)
    assert trust.bundle(tmp_path).read_text() == "ROUTER\n"
