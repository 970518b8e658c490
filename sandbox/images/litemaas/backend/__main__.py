"""Start as the backend does: check the variables, sync the models, serve."""

import os
import signal
import sys

from .environment import problems
from .server import make_server
from .sync import sync


def main() -> None:
    """Run until asked to stop. What is wrong with the variables ends it with a message."""
    environment = dict(os.environ)
    if wrong := problems(environment):
        sys.exit("\n".join(["the backend cannot start:", *wrong]))
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    print(sync(environment))  # noqa: T201 - a container's log is what it prints
    make_server(environment).serve_forever()


main()
