"""The sandbox's own command, on a sandbox that is up."""

import json
import signal
import socket
import subprocess
from collections.abc import Iterator
from time import monotonic, sleep

import httpx
import pytest

from sandbox.paths import CACHE
from tests.end_to_end.support.commands import CHECKOUT, run
from tests.end_to_end.support.sandbox import COMMAND

pytestmark = pytest.mark.usefixtures("deployed")


@pytest.fixture
def browser() -> Iterator[httpx.Client]:
    """A browser on this machine, while `sandbox open` runs."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [COMMAND, "open", "--port", str(port)]
    with subprocess.Popen(command, cwd=CHECKOUT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        assert f"http://127.0.0.1:{port}/ui/" in process.stdout.readline()
        try:
            with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=30) as client:
                yield client
        finally:
            process.send_signal(signal.SIGINT)
            assert process.wait(15) == 0


def test_status_is_0_and_tells_the_flavour() -> None:
    status = json.loads(run(COMMAND, "status", "--json").succeeded().out)
    assert (status["flavour"], status["node_ready"], status["problems"]) == ("aws", True, [])


def test_one_of_another_name_is_another_one() -> None:
    done = run(COMMAND, "status", environment={"LITEMAAS_SANDBOX": "other"})
    assert (done.code, done.out) == (1, "The sandbox is not up.\n")
    run(COMMAND, "down", environment={"LITEMAAS_SANDBOX": "other"}).succeeded()
    run(COMMAND, "status").succeeded()


def test_a_second_up_is_quick_and_builds_nothing() -> None:
    before = {folder.name: folder.stat().st_mtime for folder in (CACHE / "artifacts").iterdir()}
    done = run(COMMAND, "up", "--flavour", "aws").succeeded()
    assert "is up already" in done.out
    assert done.seconds < 30
    assert {folder.name: folder.stat().st_mtime for folder in (CACHE / "artifacts").iterdir()} == before


def test_these_tests_refuse_to_touch_it_where_others_started_it() -> None:
    # The same as a user's `make end-to-end` while a sandbox of theirs is up.
    done = run(".venv/bin/pytest", "-p", "no:cacheprovider", "tests/end_to_end/cnv").failed(within=30)
    done.says("run `make down` first")
    run(COMMAND, "status").succeeded()


def test_another_flavour_is_refused_with_the_way_out() -> None:
    done = run(COMMAND, "up", "--flavour", "cnv").failed()
    assert "a sandbox of flavour aws is up; `sandbox down` first ends it" in done.err


def test_a_command_s_exit_code_is_that_of_run() -> None:
    assert run(COMMAND, "run", "sh", "-c", "exit 7").code == 7


def test_the_sandbox_has_no_way_out() -> None:
    with socket.create_server(("127.0.0.1", 0)) as machine:
        port = machine.getsockname()[1]
        done = run(COMMAND, "run", "curl", "-sS", "-m", "5", f"http://127.0.0.1:{port}")
    assert done.failed().seconds < 10


def test_the_admin_ui_opens_in_a_browser_on_this_machine(browser: httpx.Client) -> None:
    deadline = monotonic() + 30
    answer = browser.get("/ui/", follow_redirects=True)
    while answer.status_code != 200 and monotonic() < deadline:
        sleep(1)
        answer = browser.get("/ui/", follow_redirects=True)
    assert answer.status_code == 200
    assert "text/html" in answer.headers["content-type"]
