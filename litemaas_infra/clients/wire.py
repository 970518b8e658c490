"""The wire to LiteLLM: patience with a gateway that starts, and its many ways to say no in our errors."""

import json
import ssl
import time
from types import TracebackType
from typing import Any, Final, Self

import httpx

from litemaas_infra import names
from litemaas_infra.errors import GatewayRefused, GatewayUnauthorized, GatewayUnreachable

PATIENCE: Final = 30.0
"""Seconds that a gateway just started, or a model just made, may take to show up."""
PAUSE: Final = 0.5
"""Seconds between two looks, and before a request is first repeated; then twice as long each time."""
LONGEST_PAUSE: Final = 4.0
ANSWER: Final = 60.0
"""Seconds for the gateway's answer to one request: LiteLLM reads every model again when it writes one."""
GRACE: Final = 5.0
"""Seconds that an Ingress controller may take to serve a new host under its own certificate."""
_NOT_READY: Final = (httpx.codes.BAD_GATEWAY, httpx.codes.SERVICE_UNAVAILABLE, httpx.codes.GATEWAY_TIMEOUT)


class Wire:
    """A connection to a gateway. `trust` is what its certificate is checked against; False checks nothing.

    `name` is whom the certificate must be for, where that is not the address' host.
    """

    def __init__(
        self, url: str, master_key: str, trust: ssl.SSLContext | bool, name: str | None = None
    ) -> None:
        if not (master_key and master_key.isascii() and master_key.isprintable()):
            # httpx would refuse it too, and show it.
            raise GatewayUnauthorized(
                f"{names.MASTER_KEY} of Secret {names.GATEWAY_SECRET} is empty or holds a character that no "
                "request can carry, a line break for instance; correct the Secret and restart the gateway: "
                "oc rollout restart deployment/litellm"
            )
        self.url = url
        self._named = {"sni_hostname": name} if name else {}
        self._secrets = {master_key}
        self._http = httpx.Client(
            base_url=url,
            headers={"Authorization": f"Bearer {master_key}"},
            verify=trust,
            timeout=httpx.Timeout(ANSWER, connect=5.0),
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._http.close()

    def keep_secret(self, value: str) -> None:
        """Keep the value out of every message, also where the gateway repeats it."""
        self._secrets.add(value)

    def send(self, method: str, path: str, body: object = None) -> httpx.Response:
        """The gateway's answer, waiting a while for a gateway that is still starting.

        A request may reach the gateway more than once: every one we send comes to the same when repeated.
        """
        began, pause = time.monotonic(), PAUSE
        while True:
            answer = self._try(method, path, body)
            if isinstance(answer, httpx.Response):
                return answer
            if isinstance(answer, GatewayUnreachable) and time.monotonic() > began + GRACE:
                raise answer
            left = began + PATIENCE - time.monotonic()
            if left <= 0:
                raise GatewayUnreachable(
                    f"the gateway at {self.url} did not answer for {PATIENCE:.0f} s: {answer}; "
                    "check `kubectl get pods -l app=litellm`, and its Route or Ingress"
                )
            time.sleep(min(pause, left))
            pause = min(2 * pause, LONGEST_PAUSE)

    def accepted(self, response: httpx.Response) -> httpx.Response:
        """The response, if it is no error. Raises GatewayUnauthorized or GatewayRefused."""
        if response.status_code in (httpx.codes.UNAUTHORIZED, httpx.codes.FORBIDDEN):
            raise GatewayUnauthorized(
                f"the gateway at {self.url} does not accept {names.MASTER_KEY} of Secret "
                f"{names.GATEWAY_SECRET}; if the Secret was changed, restart the gateway: "
                "oc rollout restart deployment/litellm"
            )
        if response.is_error:
            raise GatewayRefused(f"the gateway refused {response.request.url.path}: {self.message(response)}")
        return response

    def listed(self, response: httpx.Response) -> list[dict[str, Any]]:
        """The objects listed in an accepted response. Raises GatewayUnreachable if it is not LiteLLM's."""
        try:
            data = self.accepted(response).json()["data"]
        except (ValueError, TypeError, KeyError):
            data = None
        if not isinstance(data, list) or not all(isinstance(item, dict) for item in data):
            raise GatewayUnreachable(
                f"{self.url} does not answer as LiteLLM does; check litemaas:gatewayUrl and the exposure"
            )
        return data

    def _try(self, method: str, path: str, body: object) -> httpx.Response | GatewayUnreachable | str:
        """The gateway's answer, or why there is none and asking again is safe; an error, for a GRACE only."""
        try:
            response = self._http.request(method, path, json=body, extensions=self._named)
        except httpx.ConnectTimeout:
            return "no connection within 5 s"
        except httpx.ConnectError as error:
            if "CERTIFICATE" in str(error):
                return GatewayUnreachable(self._distrust(error))
            return str(error)
        except httpx.TimeoutException as error:
            raise GatewayUnreachable(
                f"the gateway at {self.url} did not answer {method} {path} within {ANSWER:.0f} s; run again"
            ) from error
        except httpx.TransportError as error:
            return f"it broke off: {error}"
        except httpx.HTTPError as error:
            raise GatewayUnreachable(f"the gateway at {self.url} answers nonsense: {error}") from error
        return f"status {response.status_code}" if _is_nobodys(response) else response

    def _distrust(self, error: Exception) -> str:
        remedy = (
            "correct its Secret, which litemaas:exposure.servingSecret names"
            if self._named
            else "name its authority, in PEM: pulumi config set --path litemaas:exposure.authority < FILE"
        )
        return (
            f"the certificate of {self.url} is not trusted: {error}; {remedy}, or, "
            "knowing that anyone in between could read the keys: pulumi config set litemaas:verifyTls false"
        )

    def refusal(self, response: httpx.Response) -> str:
        """What a response that is an error says, without a secret."""
        return f"got no answer: {self.message(response)}"

    def message(self, response: httpx.Response) -> str:
        """What a response says for itself, without a secret."""
        text = _explanation(response)
        for secret in self._secrets:
            # LiteLLM often repeats a request as Python or JSON writes it.
            for form in (secret, repr(secret)[1:-1], json.dumps(secret)[1:-1]):
                text = text.replace(form, "[secret]")
        return f"status {response.status_code}: {text[:500]}"


def _is_nobodys(response: httpx.Response) -> bool:
    """Whether it is a router's word for a gateway that it doesn't know yet; LiteLLM's own are JSON."""
    plain = "json" not in response.headers.get("content-type", "")
    return response.status_code in _NOT_READY or (response.status_code == httpx.codes.NOT_FOUND and plain)


def _explanation(response: httpx.Response) -> str:
    """What LiteLLM says of a failure: `error.message`, or `detail`, as its version has it."""
    try:
        body = response.json()
        error = body.get("error") or body.get("detail") or body
        if isinstance(error, dict):
            error = error.get("message") or error.get("error") or error
        return str(error)
    except (ValueError, AttributeError):
        return response.reason_phrase
