"""Models of the sandbox's endpoint, plain ones and any valid one."""

import secrets
import string
from typing import Any

from hypothesis import strategies as st

from litemaas_infra.specs.model import MAX_INTEGER, ModelSpec

ENDPOINT = "http://model-endpoint.models.svc:8000/v1"


def spec(**fields: Any) -> ModelSpec:
    """A model under a name of its own, with other values where given."""
    plain = {
        "model_name": f"live-{secrets.token_hex(4)}",
        "litellm_model": "openai/granite-3-2-8b-instruct",
        "api_base": ENDPOINT,
        "api_key": "sk-of-no-endpoint",
    }
    return ModelSpec.model_validate({**plain, **fields})


ODD = "'\";--$1%s{}\\/?&#@:. éß漢字😀"
_CHARACTERS = st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from(ODD)
_SPACES = tuple(string.whitespace)


def _line(longest: int) -> st.SearchStrategy[str]:
    return st.text(_CHARACTERS, min_size=1, max_size=longest).map(str.strip).filter(bool)


_PARTS = st.text(string.ascii_letters + string.digits + "-_.:/é", min_size=1, max_size=40).filter(
    lambda part: not part.startswith("/")
)
_LIMITS = st.none() | st.sampled_from([0, 1, MAX_INTEGER]) | st.integers(0, MAX_INTEGER)
FIELDS = st.fixed_dictionaries(
    {
        "litellm_model": st.builds("{}/{}".format, st.sampled_from(["openai", "hosted_vllm"]), _PARTS),
        "api_base": st.sampled_from([ENDPOINT, "https://a.example.com:8443/v1?x=%27", f"{ENDPOINT}/deep"]),
        "api_key": st.text(_CHARACTERS, min_size=1, max_size=60),
        "display_name": _line(255) | st.just(""),
        "description": st.text(
            st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=4000
        ),
        "provider": _line(100),
        "category": _line(100),
        "context_length": st.none() | st.sampled_from([1, MAX_INTEGER]) | st.integers(1, MAX_INTEGER),
        "supports_streaming": st.booleans(),
        "availability": st.sampled_from(["available", "unavailable"]),
        "rpm": _LIMITS,
        "tpm": _LIMITS,
    }
)
"""Any valid values of a model but its name."""
NAMES = _line(255).filter(lambda name: "*" not in name)
"""Any valid name."""


def filled(model_name: str, fields: dict[str, Any]) -> ModelSpec:
    given = {"model_name": model_name, **fields}
    return ModelSpec.model_validate({name: value for name, value in given.items() if value is not None})
