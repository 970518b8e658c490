"""PostgreSQL's TLS, which the sandbox's server is built without, taken off before it, in a pod beside it."""

import asyncio
import ssl
import sys
from pathlib import Path

_ASKS_FOR_TLS = bytes.fromhex("0000000804d2162f")
_REFUSAL = b"SFATAL\0C28000\0Mno encryption\0\0"


async def main(folder: Path) -> None:
    """Serves on 5432 whom the certificate in the folder convinces, by the server on 5433."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "tls.crt", folder / "tls.key")

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await _serve(reader, writer, context)
        except (OSError, EOFError):
            pass  # whoever it was has gone
        finally:
            writer.close()

    server = await asyncio.start_server(serve, "0.0.0.0", 5432)  # noqa: S104 - the pod's own network
    await server.serve_forever()


async def _serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, context: ssl.SSLContext) -> None:
    if await reader.readexactly(8) != _ASKS_FOR_TLS:
        writer.write(b"E" + (len(_REFUSAL) + 4).to_bytes(4, "big") + _REFUSAL)
        return
    writer.write(b"S")
    await writer.start_tls(context)
    reader._transport = writer.transport  # type: ignore[attr-defined]
    there, back = await asyncio.open_connection("127.0.0.1", 5433)
    tasks = [asyncio.create_task(_pass(reader, back)), asyncio.create_task(_pass(there, writer))]
    _, rest = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    for task in rest:
        task.cancel()
    back.close()


async def _pass(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while data := await reader.read(1 << 16):
        writer.write(data)
        await writer.drain()


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1])))
