"""The local port of `sandbox open`, with a real server behind it."""

import asyncio
import os
import signal
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from sandbox.cluster.errors import SandboxError
from sandbox.cluster.open import _listen, _until_interrupted, forward


async def shout(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while line := await reader.readline():
        writer.write(line.upper())
    writer.close()


async def close(writer: asyncio.StreamWriter, *kept: asyncio.Task[None]) -> None:
    """Closes one side; what was joined then ends by itself."""
    writer.close()
    await writer.wait_closed()
    await asyncio.gather(*(asyncio.all_tasks() - {asyncio.current_task(), *kept}))


@asynccontextmanager
async def forwarded(host: str, port: int) -> AsyncIterator[tuple[asyncio.StreamReader, asyncio.StreamWriter]]:
    listener = socket.create_server(("127.0.0.1", 0))
    task = asyncio.create_task(forward(listener, host, port))
    reader, writer = await asyncio.open_connection(*listener.getsockname())
    try:
        yield reader, writer
    finally:
        await close(writer, task)
        task.cancel()


def test_both_directions_pass_as_they_come() -> None:
    async def talk() -> list[bytes]:
        server = await asyncio.start_server(shout, "127.0.0.1", 0)
        async with server, forwarded(*server.sockets[0].getsockname()) as (reader, writer):
            answers = []
            for line in (b"one\n", b"two\n"):
                writer.write(line)
                answers.append(await asyncio.wait_for(reader.readline(), 5))
            return answers

    assert asyncio.run(talk()) == [b"ONE\n", b"TWO\n"]


def test_a_gateway_that_does_not_answer_ends_the_connection_and_says_so(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        _, port = closed.getsockname()

    async def talk() -> bytes:
        async with forwarded("127.0.0.1", port) as (reader, _):
            return await asyncio.wait_for(reader.read(), 5)

    assert asyncio.run(talk()) == b""
    assert "the gateway does not answer" in capsys.readouterr().err


def test_a_taken_port_is_named_with_the_way_out() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(SandboxError, match=f"port {port} is not free.*--port"):
            _listen(port)


def test_an_interrupt_ends_it_quietly_even_with_a_connection_open(capfd: pytest.CaptureFixture[str]) -> None:
    async def interrupted() -> None:
        async with await asyncio.start_server(shout, "127.0.0.1", 0) as server:
            listener = socket.create_server(("127.0.0.1", 0))
            task = asyncio.create_task(
                _until_interrupted(forward(listener, *server.sockets[0].getsockname()))
            )
            reader, writer = await asyncio.open_connection(*listener.getsockname())
            writer.write(b"one\n")
            assert await asyncio.wait_for(reader.readline(), 5) == b"ONE\n"
            os.kill(os.getpid(), signal.SIGTERM)
            await asyncio.wait_for(task, 5)
            await close(writer)

    asyncio.run(interrupted())
    assert capfd.readouterr().err == ""
