"""Models to test with: one plain one, and any valid one."""

import string
from typing import Any

from hypothesis import strategies as st

from litemaas_infra.specs.model import MAX_INTEGER, ModelSpec

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

SPECS = st.builds(
    ModelSpec,
    model_name=_NAMES,
    litellm_model=st.builds("{}/{}".format, _PARTS, _PARTS),
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
)
"""Any valid model."""
