"""Models to test with: one plain one, and any valid one."""

import string
from typing import Any

from hypothesis import strategies as st

from litemaas_infra.specs.model import ModelSpec
from litemaas_infra.specs.values import MAX_INTEGER

GRANITE: dict[str, Any] = {
    "model_name": "granite",
    "litellm_model": "openai/granite-3-2-8b-instruct",
    "api_base": "https://granite.example.com/v1",
    "api_key": "sk-of-the-endpoint",
}


def granite(**other: Any) -> ModelSpec:
    """The plain model, with other values where given."""
    return ModelSpec.model_validate({**GRANITE, **other})


_WORDS = st.text(string.ascii_letters + string.digits + "-_.:/ é", min_size=1, max_size=40)
_NAMES = _WORDS.map(str.strip).filter(bool)
_PARTS = st.text(string.ascii_letters + string.digits + "-_.", min_size=1, max_size=20)
_KEYS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=40)
_INTEGERS = st.integers(min_value=1, max_value=MAX_INTEGER)
_SCALARS = st.booleans() | st.integers(-(2**53), 2**53) | st.floats(-1e6, 1e6) | _WORDS
_VALUES = st.recursive(
    _SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_PARTS, inner, max_size=3),
    max_leaves=5,
)
_EXTRA = st.dictionaries(_PARTS.map("x_{}".format), _VALUES, max_size=3)
_FLAGS = st.none() | st.booleans()
_COSTS = st.none() | st.integers(0, 10**9).map(lambda tenths: round(tenths / 10**10, 10))

SPECS = st.builds(
    ModelSpec,
    model_name=_NAMES,
    litellm_model=st.builds("{}/{}".format, st.sampled_from(["openai", "hosted_vllm", "later"]), _PARTS),
    api_base=st.builds("https://{}.example.com/{}".format, st.sampled_from("abc"), _PARTS),
    api_key=_KEYS,
    display_name=_NAMES | st.just(""),
    description=_WORDS | st.just(""),
    provider=_NAMES,
    category=_NAMES,
    context_length=_INTEGERS | st.none(),
    supports_streaming=st.booleans(),
    availability=st.sampled_from(["available", "unavailable"]),
    rpm=_INTEGERS | st.none(),
    tpm=_INTEGERS | st.none(),
    input_cost_per_token=_COSTS,
    output_cost_per_token=_COSTS,
    params=_EXTRA,
    secret_params=st.dictionaries(_PARTS.map("s_{}".format), _VALUES, max_size=2),
    mode=st.none() | st.sampled_from(["chat", "embedding"]),
    supports_vision=_FLAGS,
    supports_function_calling=_FLAGS,
    supports_tool_choice=_FLAGS,
    supports_parallel_function_calling=_FLAGS,
    model_info=_EXTRA,
    restricted_access=st.booleans(),
)
"""Any valid model."""
