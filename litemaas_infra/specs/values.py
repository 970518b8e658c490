"""The kinds of values that settings and models are made of, each refused in words that mend it."""

import math
import re
from typing import Annotated, Any, Final
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field, SecretStr

from litemaas_infra.specs.text import shaped

MAX_INTEGER: Final = 2**31 - 1
"""PostgreSQL's INTEGER, which the backend's columns are."""
ENVIRONMENT: Final = "os.environ/"
"""What begins the name of a variable of the gateway's pod, where LiteLLM takes one for a value."""
_EXACT: Final = 2**53
"""Below it a number survives Pulumi and JSON, where every number is a float."""


def _endpoint(url: str) -> str:
    try:
        parts = urlsplit(url)
        whole = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
    except ValueError:  # an impossible port or address
        whole = False
    if not whole or re.search(r"\s", url):
        raise ValueError("is not the URL of an endpoint, https://model.example.com/v1 for instance")
    if parts.username or parts.password:
        raise ValueError("holds a user or password; a key belongs into api_key, where it is kept secret")
    return url.rstrip("/")


def _model_endpoint(url: str) -> str:
    if url.startswith(ENVIRONMENT):
        return url
    url = _endpoint(url)
    if url.endswith("/chat/completions"):
        raise ValueError("ends in /chat/completions, which LiteLLM adds itself; end it at /v1")
    return url


def _cost(value: float) -> float:
    if round(value, 10) != value:
        raise ValueError("has more than ten decimals, which the backend's table cannot keep")
    return value


def _kept(value: Any) -> Any:
    """A value that comes back from Pulumi's state and LiteLLM's database as it went in."""
    if isinstance(value, dict):
        return {str(key): _kept(item) for key, item in value.items() if item is not None}
    if isinstance(value, (list, tuple)):
        return [_kept(item) for item in value]
    if isinstance(value, str) and "\x00" not in value:
        return value
    if isinstance(value, bool) or (isinstance(value, (int, float)) and _is_exact(value)):
        return value
    raise ValueError(
        "holds something that is neither text, a number, a truth value, nor a list or map of those"
    )


def _is_exact(number: float) -> bool:
    return math.isfinite(number) and abs(number) <= _EXACT


_TEXT = shaped(r"[^\x00]*", "text that a database can keep: it holds a zero character")
_LINE = shaped(r"[^\s\x00]([^\n\x00]*[^\s\x00])?", "one line without spaces around it")
_ONE = shaped(r"[^*]*", "the name of one model: with * in it LiteLLM serves any model that fits")
_CALLED = shaped(r"[^/\s]+(/\S+)?", "PROVIDER/MODEL, openai/granite-3-2-8b-instruct for instance")
_DNS = r"[a-z0-9]([-a-z0-9.]*[a-z0-9])?"

Endpoint = Annotated[str, Field(max_length=500), AfterValidator(_endpoint)]
ModelEndpoint = Annotated[str, Field(max_length=500), AfterValidator(_model_endpoint)]
Name = Annotated[str, Field(min_length=1, max_length=255), _LINE]
ModelName = Annotated[Name, _ONE]
CalledModel = Annotated[Name, _CALLED]
Text = Annotated[str, _TEXT]
Short = Annotated[str, Field(min_length=1, max_length=100), _TEXT]
Limit = Annotated[int, Field(ge=0, le=MAX_INTEGER)]
Tokens = Annotated[int, Field(gt=0, le=MAX_INTEGER)]
Cost = Annotated[float, Field(ge=0, lt=100_000, allow_inf_nan=False), AfterValidator(_cost)]
Secret = Annotated[SecretStr, Field(min_length=1)]
Extra = Annotated[dict[str, Any], AfterValidator(_kept)]
"""Anything further that LiteLLM takes; what is null in it is not set."""
SecretReference = Annotated[
    str,
    shaped(rf"({_DNS}/)?{_DNS}/[-._a-zA-Z0-9]+", "[NAMESPACE/]SECRET/KEY, model-keys/granite for instance"),
]
ObjectReference = Annotated[str, shaped(rf"{_DNS}/{_DNS}", "NAMESPACE/NAME, models/granite for instance")]
Image = Annotated[
    str,
    shaped(
        r"[^\s@]+(:[\w][\w.-]{0,127}|(:[\w][\w.-]{0,127})?@sha256:[0-9a-f]{64})",
        "an image with its tag or digest, quay.io/someone/postgres:16 for instance",
    ),
]
Quantity = Annotated[str, shaped(r"[1-9][0-9]*(Mi|Gi|Ti)", "a size in Mi, Gi or Ti, 10Gi for instance")]
Version = Annotated[str, shaped(r"\d+\.\d+\.\d+", "a version of three numbers, 1.108.7 for instance")]
