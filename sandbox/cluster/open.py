"""The gateway's admin UI for a browser on this machine: a local port that leads to its Service.

Not through the Route: a browser could not resolve its host, nor trust its certificate, and the gateway
redirects to the host it was asked for, which so is the local port's.
"""

import asyncio
import base64
import signal
import socket
import sys
from collections.abc import Coroutine
from contextlib import suppress
from functools import partial

from sandbox.cluster.api import Cluster
from sandbox.cluster.errors import SandboxError
from sandbox.cluster.names import CLUSTER_DOMAIN
from sandbox.cluster.run import enter
from sandbox.paths import RUN

NAMESPACE, SERVICE, PORT = "litemaas", "litellm", 4000
SECRET = f"/api/v1/namespaces/{NAMESPACE}/secrets/litellm-secret"
PASSWORD = (
    f"sandbox/sandbox run oc get secret litellm-secret -n {NAMESPACE} "
    "-o jsonpath='{.data.UI_PASSWORD}' | base64 -d"
)


def serve(port: int) -> int:
    """Forwards 127.0.0.1:port to the gateway until interrupted. Raises SandboxError."""
    listener = _listen(port)  # out here, on the machine; what it leads to is inside
    enter()
    user = _user()
    sys.stdout.write(f"Admin UI:  http://127.0.0.1:{port}/ui/\nUser:      {user}\nPassword:  {PASSWORD}\n")
    sys.stdout.write("Ctrl-C ends it.\n")
    sys.stdout.flush()
    asyncio.run(_until_interrupted(forward(listener, f"{SERVICE}.{NAMESPACE}.svc.{CLUSTER_DOMAIN}", PORT)))
    return 0


async def _until_interrupted(work: Coroutine[None, None, None]) -> None:
    task = asyncio.ensure_future(work)
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        asyncio.get_running_loop().add_signal_handler(number, task.cancel)
    with suppress(asyncio.CancelledError):
        await task


async def forward(listener: socket.socket, host: str, port: int) -> None:
    """Joins every connection to the listener with one of its own to host and port."""
    server = await asyncio.start_server(partial(_join, host, port), sock=listener)
    async with server:
        await server.serve_forever()


async def _join(host: str, port: int, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    try:
        there_reader, there_writer = await asyncio.open_connection(host, port)
    except OSError as error:
        sys.stderr.write(f"sandbox: the gateway does not answer: {error}\n")
        writer.close()
        return
    with suppress(asyncio.CancelledError):  # interrupted, which is how it ends
        await asyncio.gather(_pump(reader, there_writer), _pump(there_reader, writer))


async def _pump(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Passes everything on as it comes, streamed answers included, until one side closes."""
    try:
        while chunk := await reader.read(65536):
            writer.write(chunk)
            await writer.drain()
    except ConnectionError:
        pass  # the browser went away, which is its right
    finally:
        writer.close()


def _listen(port: int) -> socket.socket:
    try:
        return socket.create_server(("127.0.0.1", port))
    except OSError as error:
        raise SandboxError(
            f"port {port} is not free ({error.strerror}); choose another with --port"
        ) from None


def _user() -> str:
    secret = Cluster(RUN).get(SECRET)
    if secret is None:
        raise SandboxError(f"the gateway is not deployed: no Secret litellm-secret in namespace {NAMESPACE}")
    return base64.b64decode(secret["data"]["UI_USERNAME"]).decode()
