"""Serve on port 8000: MODEL_API_KEY is the key to ask for, MODELS the names to answer to."""

import os
import signal
import sys
from types import FrameType

from .server import make_server

DEFAULT_MODELS = "granite-3-2-8b-instruct,mistral-7b-instruct"
PORT = 8000


def main() -> None:
    """Run until asked to stop. A missing key ends it with a message."""
    key = os.environ.get("MODEL_API_KEY")
    if not key:
        sys.exit("MODEL_API_KEY is not set: give the API key that callers have to send")
    models = tuple(name.strip() for name in os.environ.get("MODELS", DEFAULT_MODELS).split(","))
    signal.signal(signal.SIGTERM, _leave)
    print(f"serving {', '.join(models)} on port {PORT}")  # noqa: T201 - a container's log is what it prints
    make_server(("", PORT), key, models).serve_forever()


def _leave(_signal: int, _frame: FrameType | None) -> None:
    sys.exit(0)  # the first process of a container has no default way to end


main()
