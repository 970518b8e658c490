"""Pulumi's home in the sandbox: what is put there, and what a machine's own Pulumi changes."""

import os
import signal
import stat
import subprocess
from collections.abc import Callable
from importlib import metadata
from pathlib import Path

import pytest

from sandbox import engine
from sandbox.engine import found, launchers, provider
from sandbox.engine.build import SDK, _pinned

PLUGIN = "resource-kubernetes-v" + metadata.version("pulumi-kubernetes")
Script = Callable[[Path, str], Path]


@pytest.fixture
def script() -> Script:
    def write(path: Path, source: str) -> Path:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(source)
        path.chmod(0o755)
        return path

    return write


@pytest.fixture(autouse=True)
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine without a Pulumi of its own and without a way out."""
    monkeypatch.setenv("HOME", str(tmp_path / "user"))
    monkeypatch.setenv("PATH", str(tmp_path / "path"))
    monkeypatch.setattr(provider, "_reachable", lambda: False)
    return tmp_path


@pytest.fixture
def built(machine: Path, script: Script) -> Path:
    """The engine, as its artifact holds it."""
    for name in ("pulumi", "pulumi-resource-pulumi-python", "pulumi-language-python-exec"):
        script(machine / "built" / "bin" / name, name)
    return machine / "built"


def test_everything_that_pulumi_starts_lies_beside_it(built: Path, machine: Path) -> None:
    engine.prepare(built, machine)
    names = {path.name for path in (machine / "pulumi" / "bin").iterdir()}
    assert names == {
        "pulumi",
        "pulumi-language-python",
        "pulumi-language-python-exec",
        "pulumi-resource-pulumi-python",
    }
    assert not (machine / "pulumi" / "bin" / "pulumi").is_symlink()


def test_the_passphrase_is_made_once_and_for_the_owner_alone(built: Path, machine: Path) -> None:
    path = machine / "pulumi" / "passphrase"
    engine.prepare(built, machine)
    first = path.read_text()
    engine.prepare(built, machine)
    assert path.read_text() == first
    assert len(first) > 30
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_nothing_global_is_used(built: Path, machine: Path) -> None:
    engine.prepare(built, machine)
    variables = engine.environment(machine)
    assert variables["PATH"].split(os.pathsep)[0] == str(machine / "pulumi" / "bin")
    assert variables["PULUMI_HOME"] == str(machine / "pulumi" / "home")
    assert variables["PULUMI_BACKEND_URL"] == f"file://{machine}/pulumi/state"
    assert Path(variables["PULUMI_CONFIG_PASSPHRASE_FILE"]).is_file()
    assert not (machine / "user").exists()


@pytest.mark.parametrize(
    "plugin", ["bin/pulumi-language-python", f"home/plugins/{PLUGIN}/pulumi-resource-kubernetes"]
)
def test_a_plugin_tells_its_port_and_ends_when_told(built: Path, machine: Path, plugin: str) -> None:
    engine.prepare(built, machine)
    with subprocess.Popen(
        [machine / "pulumi" / plugin, "127.0.0.1:9"], stdout=subprocess.PIPE, text=True, cwd=machine
    ) as started:
        assert started.stdout is not None
        assert int(started.stdout.readline()) > 0
        started.send_signal(signal.SIGTERM)
        assert started.wait(timeout=10) == 0


def test_a_python_that_no_executable_can_name_is_told(machine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.executable", "/a folder/python")
    with pytest.raises(launchers.LauncherError, match="Move the checkout"):
        launchers.write(machine / "plugin", "some.module")


def test_the_real_provider_on_the_path_is_left_to_pulumi(machine: Path, script: Script) -> None:
    script(machine / "path" / found.KUBERNETES, "real")
    said = provider.place_kubernetes_provider(machine / "pulumi", machine / "home")
    assert said.startswith("the real Kubernetes provider")
    assert not (machine / "home" / "plugins" / PLUGIN).exists()


def test_the_real_provider_in_the_users_cache_is_used_where_it_is(machine: Path, script: Script) -> None:
    script(machine / "user" / ".pulumi" / "plugins" / PLUGIN / found.KUBERNETES, "real")
    (machine / "home" / "plugins").mkdir(parents=True)
    provider.place_kubernetes_provider(machine / "pulumi", machine / "home")
    assert (machine / "home" / "plugins" / PLUGIN / found.KUBERNETES).read_text() == "real"


def test_the_real_provider_is_downloaded_where_that_is_possible(
    machine: Path, script: Script, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(provider, "_reachable", lambda: True)
    target = machine / "home" / "plugins" / PLUGIN
    pulumi = script(machine / "pulumi", f"#!/bin/sh\n{installing(target)}")
    said = provider.place_kubernetes_provider(pulumi, machine / "home")
    assert said == f"the real Kubernetes provider, downloaded to {target}"


def installing(target: Path) -> str:
    return f"/bin/mkdir -p {target} && echo real > {target / found.KUBERNETES}\n"


def test_a_failed_download_leaves_the_stand_in(
    machine: Path, script: Script, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(provider, "_reachable", lambda: True)
    pulumi = script(machine / "pulumi", "#!/bin/sh\nexit 1\n")
    said = provider.place_kubernetes_provider(pulumi, machine / "home")
    assert "stand-in" in said


def test_the_stand_in_gives_way_to_the_real_provider(machine: Path, script: Script) -> None:
    provider.place_kubernetes_provider(machine / "pulumi", machine / "home")
    script(machine / "user" / ".pulumi" / "plugins" / PLUGIN / found.KUBERNETES, "real")
    provider.place_kubernetes_provider(machine / "pulumi", machine / "home")
    assert (machine / "home" / "plugins" / PLUGIN / found.KUBERNETES).read_text() == "real"


@pytest.mark.parametrize(
    ("version", "host", "expected"),
    [("v3.260.1", True, True), ("v3.100.0", True, False), ("v3.260.1", False, False)],
)
def test_a_recent_pulumi_with_its_language_host_is_used(
    machine: Path, script: Script, version: str, host: bool, expected: bool
) -> None:
    pulumi = script(machine / "path" / "pulumi", f"#!/bin/sh\necho {version}\n")
    if host:
        script(machine / "path" / "pulumi-language-python", "#!/bin/sh\n")
    assert found.command() == (pulumi if expected else None)


def test_the_sandboxs_own_pulumi_is_not_the_users(
    machine: Path, script: Script, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(found, "RUN", machine)
    own = machine / "pulumi" / "bin"
    script(own / "pulumi", "#!/bin/sh\necho v3.260.0\n")
    script(own / "pulumi-language-python", "#!/bin/sh\n")
    monkeypatch.setenv("PATH", f"{own}{os.pathsep}{machine / 'path'}")
    assert found.command() is None


def test_the_users_pulumi_keeps_its_own_language_host(machine: Path, script: Script) -> None:
    theirs = script(machine / "theirs" / "pulumi", "theirs")
    (machine / "linked" / "bin").mkdir(parents=True)
    (machine / "linked" / "bin" / "pulumi").symlink_to(theirs)
    engine.prepare(machine / "linked", machine)
    assert (machine / "pulumi" / "bin" / "pulumi").resolve() == theirs
    assert not (machine / "pulumi" / "bin" / "pulumi-language-python").exists()


def test_the_command_and_its_scripts_are_of_one_version() -> None:
    assert _pinned(SDK) == _pinned(SDK.replace("/sdk/", "/pkg/"))
