"""What LiteLLM needs to know to reach a model, by provider, and what is said twice or not at all."""

from collections.abc import Collection, Iterable
from typing import Final, NamedTuple

from pydantic_core import PydanticCustomError

_KEY: Final = "api_key"
_CREDENTIAL: Final = "litellm_credential_name"
_KEYS: Final = {_KEY, "api_key_secret"}
_NEEDS: Final[dict[str, tuple[str, ...]]] = {
    "openai": (_KEY,),
    "anthropic": (_KEY,),
    "deepseek": (_KEY,),
    "gemini": (_KEY,),
    "huggingface": (_KEY,),
    "azure": ("api_base", "api_version"),
    "ollama": ("api_base",),
    "ollama_chat": ("api_base",),
    "hosted_vllm": ("api_base",),
    "bedrock": ("aws_region_name",),
    "vertex_ai": ("vertex_project", "vertex_location"),
}
"""The fields without which a provider can't be reached; of others LiteLLM itself says what they lack."""
_TOGETHER: Final = (
    (_KEY, "api_key_secret"),
    ("api_base", "inference_service"),
)
_PAIR: Final = ("aws_access_key_id", "aws_secret_access_key")
_OWN: Final = {"id": "follows from the model's name", "model": "is what litellm_model says"}


class Problem(NamedTuple):
    """What is wrong with a field, in words that fit after its name."""

    field: str
    text: str

    def error(self) -> PydanticCustomError:
        """The same as an error: pydantic knows none of one field that follows from others."""
        return PydanticCustomError("of_field", "{text}", self._asdict())


def provider_of(litellm_model: str) -> str:
    """LiteLLM's name of the model's provider; empty where the model is one that LiteLLM knows by name."""
    return litellm_model.partition("/")[0] if "/" in litellm_model else ""


def called(litellm_model: str) -> str:
    """The provider's own name for the model."""
    return litellm_model.partition("/")[2] or litellm_model


def missing(provider: str, given: Collection[str], extra: Collection[str]) -> Problem | None:
    """What keeps a model of the provider from being reached; None if nothing does."""
    for one, other in _TOGETHER:
        if one in given and other in given:
            return Problem(other, f"says the same as {one}; keep one of them")
    for one, other in (_PAIR, _PAIR[::-1]):
        if one in given and other not in given:
            return Problem(other, f"is not set, and belongs to {one}")
    if _CREDENTIAL in given:  # which may hold whatever is lacking
        return None
    lacking = (field for field in _NEEDS.get(provider, ()) if not _is_given(field, {*given, *extra}))
    return next((Problem(field, f"is not set, and {provider}/... models need it") for field in lacking), None)


def misplaced(extra: Iterable[str], fields: Collection[str]) -> Problem | None:
    """What does not belong among further parameters, having a field of its own; None if all of it does."""
    for name in extra:
        if name in _OWN:
            return Problem(name, f"{_OWN[name]}; remove it")
        if name in fields:
            return Problem(name, "has a field of its own; set that instead")
    return None


def _is_given(field: str, given: Collection[str]) -> bool:
    if field == _KEY:
        return any(key in given for key in _KEYS)
    return field in given or (field == "api_base" and "inference_service" in given)
