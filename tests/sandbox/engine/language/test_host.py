"""The language host, spoken to as Pulumi's engine does, with a runner that notes how it was started."""

import json
import platform
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import grpc
import pytest
from google.protobuf import json_format, struct_pb2
from google.protobuf.empty_pb2 import Empty
from pulumi.runtime.proto import language_pb2, language_pb2_grpc

from sandbox.engine.language.host import LanguageHost

RUNNER = """
import json, os, pathlib, sys, time
program = pathlib.Path(sys.argv[-1])
settings = {name: os.environ[name] for name in ("PULUMI_CONFIG", "PULUMI_CONFIG_SECRET_KEYS")}
told = {"arguments": sys.argv[1:], "directory": os.getcwd(), **settings}
program.with_name("told.new").write_text(json.dumps(told))
program.with_name("told.new").rename(program.with_name("told.json"))
exec(program.read_text())
"""

UNTIL_ENDED = """
import signal
def end(*_):
    program.with_name("ended").touch()
    os._exit(0)
signal.signal(signal.SIGTERM, end)
program.with_name("ready").touch()
time.sleep(60)
"""


@pytest.fixture
def host(tmp_path: Path) -> Iterator[language_pb2_grpc.LanguageRuntimeStub]:
    (tmp_path / "runner").write_text(RUNNER)
    server = grpc.server(ThreadPoolExecutor(4))
    language = LanguageHost("engine:0", tmp_path / "runner")
    language_pb2_grpc.add_LanguageRuntimeServicer_to_server(language, server)
    port = server.add_insecure_port("127.0.0.1:0")
    server.start()
    with grpc.insecure_channel(f"127.0.0.1:{port}") as channel:
        yield language_pb2_grpc.LanguageRuntimeStub(channel)
    language.cancel()
    server.stop(None).wait()


def info(folder: Path, **options: Any) -> language_pb2.ProgramInfo:
    return language_pb2.ProgramInfo(
        root_directory=str(folder),
        program_directory=str(folder),
        entry_point="main.py",
        options=json_format.ParseDict(options, struct_pb2.Struct()),
    )


def request(folder: Path, source: str = "", **options: Any) -> language_pb2.RunRequest:
    (folder / "main.py").write_text(source)
    return language_pb2.RunRequest(
        project="p",
        stack="s",
        organization="o",
        dryRun=True,
        parallel=4,
        monitor_address="monitor:1",
        config={"p:key": "value"},
        configSecretKeys=["p:key"],
        info=info(folder, **options),
    )


def told(folder: Path) -> dict[str, Any]:
    until(folder / "told.json")
    found: dict[str, Any] = json.loads((folder / "told.json").read_text())
    return found


def test_a_program_is_run_as_the_engine_asks(
    host: language_pb2_grpc.LanguageRuntimeStub, tmp_path: Path
) -> None:
    assert host.Run(request(tmp_path)) == language_pb2.RunResponse()
    found = told(tmp_path)
    flags = dict(zip(found["arguments"][0:-1:2], found["arguments"][1:-1:2], strict=True))
    assert flags == {
        "--monitor": "monitor:1",
        "--engine": "engine:0",
        "--project": "p",
        "--stack": "s",
        "--organization": "o",
        "--root_directory": str(tmp_path),
        "--pwd": str(tmp_path),
        "--parallel": "4",
        "--dry_run": "true",
    }
    assert found["directory"] == str(tmp_path)
    assert json.loads(found["PULUMI_CONFIG"]) == {"p:key": "value"}
    assert json.loads(found["PULUMI_CONFIG_SECRET_KEYS"]) == ["p:key"]


def test_the_handshake_tells_the_engines_address(
    host: language_pb2_grpc.LanguageRuntimeStub, tmp_path: Path
) -> None:
    host.Handshake(language_pb2.LanguageHandshakeRequest(engine_address="engine:9"))
    host.Run(request(tmp_path))
    assert "engine:9" in told(tmp_path)["arguments"]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("sys.exit(0)", language_pb2.RunResponse()),
        ("sys.exit(32)", language_pb2.RunResponse(bail=True)),
        ("sys.exit(3)", language_pb2.RunResponse(error="the program ended with exit code 3")),
        ("os.kill(os.getpid(), 9)", language_pb2.RunResponse(error="the program was ended by SIGKILL")),
    ],
)
def test_how_a_program_ended_is_reported(
    host: language_pb2_grpc.LanguageRuntimeStub,
    tmp_path: Path,
    source: str,
    expected: language_pb2.RunResponse,
) -> None:
    assert host.Run(request(tmp_path, source)) == expected


def test_a_missing_virtual_environment_is_told_with_the_remedy(
    host: language_pb2_grpc.LanguageRuntimeStub, tmp_path: Path
) -> None:
    answer = host.Run(request(tmp_path, virtualenv="gone"))
    assert f"make it with `python3 -m venv {tmp_path / 'gone'}`" in answer.error


def test_a_cancelled_program_ends_at_once_and_quietly(
    host: language_pb2_grpc.LanguageRuntimeStub, tmp_path: Path
) -> None:
    running = host.Run.future(request(tmp_path, "time.sleep(60)"))
    told(tmp_path)
    host.Cancel(Empty())
    assert running.result(timeout=10) == language_pb2.RunResponse(bail=True)


def test_a_program_ends_when_the_engine_hangs_up(
    host: language_pb2_grpc.LanguageRuntimeStub, tmp_path: Path
) -> None:
    running = host.Run.future(request(tmp_path, UNTIL_ENDED))
    until(tmp_path / "ready")
    running.cancel()
    until(tmp_path / "ended")


def until(path: Path) -> None:
    deadline = time.monotonic() + 10
    while not path.exists():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def test_it_tells_which_python_runs_programs(
    host: language_pb2_grpc.LanguageRuntimeStub, tmp_path: Path
) -> None:
    answer = host.About(language_pb2.AboutRequest(info=info(tmp_path)))
    assert (answer.executable, answer.version) == (sys.executable, platform.python_version())


def test_it_tells_what_programs_depend_on(
    host: language_pb2_grpc.LanguageRuntimeStub, tmp_path: Path
) -> None:
    answer = host.GetProgramDependencies(language_pb2.GetProgramDependenciesRequest(info=info(tmp_path)))
    assert "pulumi" in {entry.name for entry in answer.dependencies}


def test_it_installs_nothing_by_itself(host: language_pb2_grpc.LanguageRuntimeStub, tmp_path: Path) -> None:
    answers = list(host.InstallDependencies(language_pb2.InstallDependenciesRequest(info=info(tmp_path))))
    assert b"nothing was changed" in answers[0].stdout
