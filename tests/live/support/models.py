"""Models of the sandbox's endpoint, plain ones and any valid one."""

import secrets
import string
from typing import Any

from hypothesis import strategies as st

from litemaas_infra.specs.model import ModelSpec
from litemaas_infra.specs.values import MAX_INTEGER

KEY = "sk-of-no-endpoint"
ENDPOINT = "http://model-endpoint.models.svc:8000/v1"
FORGED_HOST = "localhost:4000/#@x"
"""A Host header by which a holed LiteLLM takes any path for one that needs no key."""


def spec(**fields: Any) -> ModelSpec:
    """A model under a name of its own, with other values where given."""
    plain = {
        "model_name": f"live-{secrets.token_hex(4)}",
        "litellm_model": "openai/granite-3-2-8b-instruct",
        "api_base": ENDPOINT,
        "api_key": KEY,
        "discover": False,
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
_COSTS = st.none() | st.integers(0, 10**9).map(lambda tenths: round(tenths / 10**10, 10))
_KEYS = st.text(string.ascii_lowercase + "_-.é ", min_size=1, max_size=20).map("x_{}".format)
_SCALARS = (
    st.booleans()
    | st.integers(-(2**53), 2**53)
    | st.floats(-1e6, 1e6)
    | st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=30)
)
_VALUES = st.recursive(
    _SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_KEYS, inner, max_size=3),
    max_leaves=5,
)
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
        "input_cost_per_token": _COSTS,
        "output_cost_per_token": _COSTS,
        "params": st.dictionaries(_KEYS, _VALUES, max_size=3),
        "secret_params": st.dictionaries(_KEYS.map("s_{}".format), _VALUES, max_size=2),
        "mode": st.none() | st.sampled_from(["chat", "embedding", "rerank"]),
        "supports_vision": st.none() | st.booleans(),
        "supports_parallel_function_calling": st.none() | st.booleans(),
        "model_info": st.dictionaries(_KEYS, _VALUES, max_size=3),
        "restricted_access": st.booleans(),
        "discover": st.just(False),
    }
)
"""Any valid values of a model but its name."""
NAMES = _line(255).filter(lambda name: "*" not in name)
"""Any valid name."""


def filled(model_name: str, fields: dict[str, Any]) -> ModelSpec:
    given = {"model_name": model_name, **fields}
    return ModelSpec.model_validate({name: value for name, value in given.items() if value is not None})
