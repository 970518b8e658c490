"""A request for another host gets no further than any other without a key, at the Route and past it.

On LiteLLM below 1.84 it got to every route of the admin API (CVE-2026-49468); tests/live/versions shows that.
"""

import ssl

import httpx
import pytest

from tests.live.support.gateway_proxy import upstream
from tests.live.support.models import FORGED_HOST
from tests.live.support.people import GatewayAdmin

SERVICE = "http://{}:{}".format(*upstream("litemaas"))
REFUSED = (400, 401)
"""For the router it is no request at all, and for the gateway one without a key."""


@pytest.fixture(params=["route", "service"])
def url(request: pytest.FixtureRequest, gateway_url: str) -> str:
    return {"route": gateway_url, "service": SERVICE}[request.param]


@pytest.mark.parametrize("path", ["/key/generate", "/model/new", "/user/new", "/config/update"])
def test_it_changes_nothing(url: str, path: str, trust: ssl.SSLContext) -> None:
    answer = httpx.post(url + path, json={}, headers={"Host": FORGED_HOST}, verify=trust, timeout=30)
    assert answer.status_code in REFUSED, answer.text
    assert "sk-" not in answer.text


def test_it_shows_nothing(url: str, trust: ssl.SSLContext, gateway: GatewayAdmin) -> None:
    for path in ("/model/info", "/key/list", "/get/config/callbacks"):
        assert gateway.http.get(path).status_code in (200, 500), f"there is no {path} to be shown"
        answer = httpx.get(url + path, headers={"Host": FORGED_HOST}, verify=trust, timeout=30)
        assert answer.status_code in REFUSED, answer.text
