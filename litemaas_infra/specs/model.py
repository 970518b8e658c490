"""One model: what the gateway serves under a name, and what the backend tells its users about it."""

from typing import Annotated, Literal, Self
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, SecretStr, model_validator

Availability = Literal["available", "unavailable"]
MAX_INTEGER = 2**31 - 1
"""PostgreSQL's INTEGER, which the backend's columns are."""


def _endpoint(url: str) -> str:
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError(f"{url!r} is not the URL of an endpoint; it looks like https://model.example.com/v1")
    if parts.username or parts.password:
        raise ValueError("it holds a user or password; put the key into api_key, where it is kept secret")
    return url.rstrip("/")


Endpoint = Annotated[str, Field(max_length=500), AfterValidator(_endpoint)]
Name = Annotated[str, Field(min_length=1, max_length=255, pattern=r"^\S(.*\S)?$")]
Limit = Annotated[int, Field(ge=0, le=MAX_INTEGER)]


class ModelSpec(BaseModel):
    """A model under the names that the models files of LiteMaaS use."""

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)

    model_name: Name
    """The name users ask for; also the row's id in the backend."""
    litellm_model: Annotated[Name, Field(pattern=r"^[^/\s]+/\S+$")]
    """What LiteLLM calls: `provider/model`, `openai/...` for any OpenAI-compatible endpoint."""
    api_base: Endpoint
    """URL of the endpoint, with its `/v1` where it has one."""
    api_key: SecretStr = Field(min_length=1)
    """The endpoint's key; `os.environ/NAME` names a variable of the gateway's pod instead."""
    display_name: Name = ""
    """What people read; the model_name unless given."""
    description: str = "AI model"
    provider: Annotated[str, Field(min_length=1, max_length=100)] = "openshift-ai"
    category: Annotated[str, Field(min_length=1, max_length=100)] = "general"
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
        if isinstance(values, dict) and not values.get("display_name"):
            return {**values, "display_name": values.get("model_name")}
        return values

    @model_validator(mode="after")
    def _not_twice(self) -> Self:
        if self.api_base.endswith("/chat/completions"):
            raise ValueError("api_base ends in /chat/completions, which LiteLLM adds itself; end it at /v1")
        return self
