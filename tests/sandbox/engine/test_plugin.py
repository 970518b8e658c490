"""How a plugin hears that it is to end."""

import signal
import subprocess
import sys

_WAITING = """
from sandbox.engine import plugin

told = plugin._on_signal()
while True:
    print("waiting", flush=True)
    told.recv(1)
"""


def test_a_signal_that_comes_as_the_wait_begins_is_heard() -> None:
    with subprocess.Popen([sys.executable, "-c", _WAITING], stdout=subprocess.PIPE, text=True) as waiting:
        assert waiting.stdout is not None
        try:
            for _ in range(5000):
                assert waiting.stdout.readline() == "waiting\n"
                waiting.send_signal(signal.SIGTERM)
        finally:
            waiting.kill()
