"""Start as Open WebUI does: check the variables, copy what is served, make the tables, serve."""

import os
import signal
import sys
from pathlib import Path

from .data import prepare
from .environment import problems
from .server import make_server


def main() -> None:
    """Run until asked to stop. What is wrong with the variables ends it with a message."""
    environment = dict(os.environ)
    if wrong := problems(environment):
        sys.exit("\n".join(["the chat cannot start:", *wrong]))
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    for folder in (environment["STATIC_DIR"], f"{environment['DATA_DIR']}/uploads"):
        Path(folder).mkdir(parents=True, exist_ok=True)
    print(prepare(environment))  # noqa: T201 - a container's log is what it prints
    make_server(environment).serve_forever()


main()
