"""Pulumi's wire format."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox.engine.kubernetes.wire import (
    UNKNOWN,
    conceal,
    decode,
    encode,
    has_unknown,
    is_secret,
    reveal,
    secret,
)

json = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=20,
)


@given(st.dictionaries(st.text(), json, max_size=4))
def test_what_is_sent_arrives_as_it_was(value: dict[str, Any]) -> None:
    assert decode(encode(value)) == value


def test_whole_numbers_arrive_as_integers() -> None:
    arrived = decode(encode({"replicas": 3.0, "ratio": 0.5}))
    assert [repr(arrived[name]) for name in ("replicas", "ratio")] == ["3", "0.5"]


def test_secrets_are_revealed_however_deep() -> None:
    wrapped = {"a": [secret({"b": secret("x")})]}
    assert reveal(wrapped) == {"a": [{"b": "x"}]}


def test_a_secret_is_wrapped_once() -> None:
    assert secret(secret("x")) == secret("x")


@pytest.mark.parametrize(
    ("value", "like", "expected"),
    [
        ("x", secret("old"), secret("x")),
        ({"a": 1, "b": 2}, {"a": secret(0)}, {"a": secret(1), "b": 2}),
        ([1, 2], [secret(0)], [secret(1), 2]),
        ({"a": 1}, "something else", {"a": 1}),
        ({"a": {"b": 1}}, {"a": secret({})}, {"a": secret({"b": 1})}),
    ],
)
def test_values_become_secret_where_the_pattern_is(value: Any, like: Any, expected: Any) -> None:
    assert conceal(value, like) == expected


@given(json, json)
def test_concealing_changes_no_value(value: Any, like: Any) -> None:
    assert reveal(conceal(value, like)) == value


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (UNKNOWN, True),
        ({"a": [{"b": UNKNOWN}]}, True),
        (secret(UNKNOWN), True),
        ({"a": "known"}, False),
    ],
)
def test_unknown_values_are_found_however_deep(value: Any, expected: bool) -> None:
    assert has_unknown(value) is expected


def test_a_plain_object_is_no_secret() -> None:
    assert not is_secret({"value": "x"})
