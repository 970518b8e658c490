"""The end of a sandbox: nothing of it is left on the machine."""

import signal
import subprocess

import pytest

from tests.end_to_end.support.commands import CHECKOUT, run
from tests.end_to_end.support.sandbox import COMMAND
from tests.end_to_end.support.traces import Traces


@pytest.mark.usefixtures("empty")
def test_a_sandbox_that_is_up_leaves_traces(machine: Traces) -> None:
    kinds = {trace.partition(":")[0] for trace in Traces.now().since(machine)}
    assert kinds >= {"processes", "namespaces", "mounts", "files"}


def test_down_leaves_no_process_mount_namespace_file_or_changed_setting(machine: Traces) -> None:
    done = run(COMMAND, "down", timeout=120).succeeded()
    assert done.seconds < 30
    assert Traces.now().since(machine) == []


def test_status_is_1_then() -> None:
    done = run(COMMAND, "status")
    assert (done.code, done.out) == (1, "The sandbox is not up.\n")


def test_run_says_how_to_start_one() -> None:
    done = run(COMMAND, "run", "true").failed()
    assert done.err == "sandbox: no sandbox is up; start one with `sandbox/sandbox up`\n"


def test_a_second_down_has_nothing_to_do() -> None:
    run(COMMAND, "down").succeeded()


def test_an_up_that_is_interrupted_leaves_nothing_either(machine: Traces) -> None:
    with subprocess.Popen([COMMAND, "up"], cwd=CHECKOUT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        while "Starting the cluster" not in (line := process.stdout.readline()):
            assert line, "it ended by itself"
        assert Traces.now().since(machine) != []
        # Not SIGINT: it is ignored by whatever a shell starts in the background, these tests perhaps.
        process.send_signal(signal.SIGTERM)
        assert process.wait(60) == 130
    assert Traces.now().since(machine) == []
