"""LiteLLM's list of virtual keys, page by page."""

from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlencode

from litemaas_infra.clients.wire import Wire


def listed(wire: Wire, **asked: str) -> Iterator[Mapping[str, Any]]:
    """What LiteLLM says of each key that it finds by what is asked; of every key, where nothing is.

    Raises GatewayError.
    """
    page, pages = 1, 1
    while page <= pages:
        query = urlencode({**asked, "return_full_object": "true", "size": 100, "page": page})
        answer = wire.accepted(wire.send("GET", f"/key/list?{query}")).json()
        yield from answer["keys"]
        page, pages = page + 1, int(answer["total_pages"])
