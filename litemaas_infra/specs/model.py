"""One model: what the gateway serves under a name, and what the backend tells its users about it."""

import re
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, SecretStr, model_validator

from litemaas_infra.specs.text import shaped

Availability = Literal["available", "unavailable"]
MAX_INTEGER = 2**31 - 1
"""PostgreSQL's INTEGER, which the backend's columns are."""


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


def _not_twice(url: str) -> str:
    if url.endswith("/chat/completions"):
        raise ValueError("ends in /chat/completions, which LiteLLM adds itself; end it at /v1")
    return url


_KEPT = shaped(r"[^\x00]*", "text that a database can keep: it holds a zero character")
_LINE = shaped(r"[^\s\x00]([^\n\x00]*[^\s\x00])?", "one line without spaces around it")
_ONE = shaped(r"[^*]*", "the name of one model: with * in it LiteLLM serves any model that fits")
_CALLED = shaped(r"[^/\s]+/\S+", "PROVIDER/MODEL, openai/granite-3-2-8b-instruct for instance")

Endpoint = Annotated[str, Field(max_length=500), AfterValidator(_endpoint)]
Name = Annotated[str, Field(min_length=1, max_length=255), _LINE]
Text = Annotated[str, _KEPT]
Short = Annotated[str, Field(min_length=1, max_length=100), _KEPT]
Limit = Annotated[int, Field(ge=0, le=MAX_INTEGER)]


class ModelSpec(BaseModel):
    """A model under the names that the models files of LiteMaaS use."""

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)

    model_name: Annotated[Name, _ONE]
    """The name users ask for; also the row's id in the backend."""
    litellm_model: Annotated[Name, _CALLED]
    """What LiteLLM calls: `provider/model`, `openai/...` for any OpenAI-compatible endpoint."""
    api_base: Annotated[Endpoint, AfterValidator(_not_twice)]
    """URL of the endpoint, with its `/v1` where it has one."""
    api_key: SecretStr = Field(min_length=1)
    """The endpoint's key; `os.environ/NAME` names a variable of the gateway's pod instead."""
    display_name: Name = ""
    """What people read; the model_name unless given."""
    description: Text = "AI model"
    provider: Short = "openshift-ai"
    category: Short = "general"
    """general, code, chat, ..."""
    context_length: Annotated[int, Field(gt=0, le=MAX_INTEGER)] | None = None
    """Context window, in tokens."""
    supports_streaming: bool = True
    availability: Availability = "available"
    rpm: Limit | None = None
    """Requests per minute; none is unlimited."""
    tpm: Limit | None = None
    """Tokens per minute; none is unlimited."""

    @model_validator(mode="before")
    @classmethod
    def _named(cls, values: object) -> object:
        if isinstance(values, dict) and values.get("model_name") and not values.get("display_name"):
            return {**values, "display_name": values["model_name"]}
        return values
