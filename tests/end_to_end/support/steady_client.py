"""A client that asks a gateway again and again: run in the sandbox, with its URL, a key and a model.

At SIGTERM it ends, and writes how many answers it got, and what happened instead of an answer, as JSON.
"""

import json
import signal
import ssl
import sys
from contextlib import suppress
from time import monotonic, sleep

import httpx

_PAUSE = 0.1
"""Seconds between an answer and the next question."""
_PATIENCE = 30.0
"""Seconds for an answer."""


def main(url: str, key: str, model: str) -> None:
    """Asks until it is told to end; every question on a connection of its own, as of many clients."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    trust, troubles = ssl.create_default_context(), list[str]()
    body = {"model": model, "messages": [{"role": "user", "content": "What is OpenShift?"}]}
    asked = 0
    with suppress(SystemExit):
        while True:
            troubles += _ask(f"{url}/v1/chat/completions", key, body, trust)
            asked += 1
            sleep(_PAUSE)
    sys.stdout.write(json.dumps({"answers": asked - len(troubles), "troubles": troubles}))


def _ask(url: str, key: str, body: object, trust: ssl.SSLContext) -> list[str]:
    began, headers = monotonic(), {"Authorization": f"Bearer {key}"}
    try:
        response = httpx.post(url, json=body, headers=headers, verify=trust, timeout=_PATIENCE)
    except httpx.HTTPError as error:
        return [f"{error!r} after {monotonic() - began:.1f} s"]
    return [] if response.is_success else [f"{response.status_code}: {response.text[:200]}"]


if __name__ == "__main__":
    main(*sys.argv[1:])
