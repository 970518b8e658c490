"""A virtual key, as it is declared, kept by Pulumi, told to LiteLLM and told by it."""

import hashlib
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from litemaas_infra.specs.virtual_key import VirtualKeySpec, token

LIMITS = st.none() | st.integers(0, 10**6)
SPECS = st.builds(
    VirtualKeySpec,
    alias=st.from_regex(r"[a-z][a-z0-9]{0,9}", fullmatch=True),
    models=st.lists(st.sampled_from(["granite", "mistral"]), max_size=2).map(tuple),
    max_budget=st.none() | st.floats(0, 1000),
    budget_duration=st.sampled_from([None, "30d", "1mo", "90s"]),
    rpm=LIMITS,
    tpm=LIMITS,
    max_parallel_requests=LIMITS,
    team=st.sampled_from([None, "research"]),
    user_id=st.sampled_from([None, "anna@example.com"]),
    blocked=st.booleans(),
    aliases=st.sampled_from([{}, {"gpt-4": "granite"}]),
    model_rpm=st.sampled_from([{}, {"granite": 5}]),
    model_tpm=st.sampled_from([{}, {"granite": 0, "mistral": 600}]),
    metadata=st.sampled_from([{}, {"app": "a", "numbers": [1, 2.5]}]),
)


@given(SPECS)
def test_what_pulumi_keeps_stands_for_the_key(spec: VirtualKeySpec) -> None:
    as_pulumi_has_numbers = {k: float(v) if type(v) is int else v for k, v in spec.fields.items()}
    assert VirtualKeySpec.of({**as_pulumi_has_numbers, "site": {}, "secret": "x"}) == spec


@given(SPECS)
def test_what_litellm_was_told_and_tells_again_is_no_drift(spec: VirtualKeySpec) -> None:
    assert spec.differing(spec.told) == []


def test_what_litellm_adds_for_nobody_is_no_drift() -> None:
    spec = VirtualKeySpec(alias="anna")
    info = {**spec.told, "user_id": "default_user_id", "blocked": None, "models": None, "spend": 3.5}
    assert spec.differing(info) == []


def test_every_field_is_told() -> None:
    untold = {"value", "rotation", "overlap", "secret_namespace"}
    assert set(VirtualKeySpec.NAMES) == set(VirtualKeySpec.model_fields) - untold
    assert VirtualKeySpec(alias="anna").told.keys() == set(VirtualKeySpec.NAMES.values())


def test_limits_of_single_models_are_kept_among_its_metadata() -> None:
    spec = VirtualKeySpec(alias="anna", model_rpm={"granite": 5}, metadata={"app": "a"})
    assert spec.told["metadata"] == {"app": "a", "model_rpm_limit": {"granite": 5}}
    assert spec.differing({**spec.told, "metadata": {"app": "a"}}) == ["model_rpm"]
    by_hand = {**spec.told["metadata"], "model_tpm_limit": {"granite": 1}}
    assert spec.changes({**spec.told, "metadata": by_hand}) == {"metadata": spec.told["metadata"]}


def test_its_token_is_the_hash_that_litellm_keeps() -> None:
    assert token("sk-1") == hashlib.sha256(b"sk-1").hexdigest()


@pytest.mark.parametrize(
    "wrong",
    [
        {"alias": "Anna"},
        {"alias": "a@b"},
        {"alias": "a" * 51},
        {"max_budget": -1},
        {"max_budget": float("inf")},
        {"budget_duration": "a month"},
        {"rpm": -1},
        {"model": "granite"},
        {"model_rpm": {"granite": -1}},
        {"metadata": {"model_rpm_limit": {"granite": 5}}},
    ],
)
def test_what_cannot_be_is_refused_without_being_repeated(wrong: dict[str, object]) -> None:
    with pytest.raises(ValidationError) as refused:
        VirtualKeySpec.model_validate({"alias": "anna", **wrong})
    assert "input_value" not in str(refused.value)


def _ends(day: date, clock: timedelta = timedelta(0)) -> dict[str, str]:
    return {"expires": (datetime.combine(day, time(), UTC) + clock).isoformat()}


def test_its_end_is_told_as_the_time_until_then_and_read_by_whatever_clock() -> None:
    tomorrow = datetime.now(UTC).date() + timedelta(days=1)
    spec = VirtualKeySpec(alias="anna", expires=tomorrow)
    assert spec.fields["expires"] == tomorrow.isoformat()
    left = int(spec.told["duration"].removesuffix("s"))
    assert 0 < left <= 86400
    for minutes in (-5, 0, 5):
        assert spec.differing({**spec.told, **_ends(tomorrow, timedelta(minutes=minutes))}) == []
    assert spec.differing({**spec.told, **_ends(tomorrow + timedelta(days=1))}) == ["expires"]
    assert spec.changes(spec.told).keys() == {"duration"}


def test_one_that_has_ended_ends_at_once_and_one_that_ends_no_more_is_told_so() -> None:
    ended = VirtualKeySpec(alias="anna", expires=date(2020, 1, 1))
    assert ended.told["duration"] == "1s"
    assert VirtualKeySpec(alias="anna").changes({**ended.told, **_ends(date(2020, 1, 1))})["duration"] is None


def test_the_value_before_ends_with_the_overlap_and_no_later_than_the_key() -> None:
    assert VirtualKeySpec(alias="anna", overlap="2h").ending == "7200s"
    tomorrow = datetime.now(UTC).date() + timedelta(days=1)
    soon = VirtualKeySpec(alias="anna", overlap="1mo", expires=tomorrow)
    assert int(soon.ending.removesuffix("s")) <= 86400


def test_its_value_is_neither_told_with_it_nor_shown() -> None:
    spec = VirtualKeySpec.model_validate({"alias": "anna", "value": "sk-of-the-admin-ui"})
    assert "sk-of-the-admin-ui" not in f"{spec!r} {spec.fields} {spec.told}"


@pytest.mark.parametrize(
    "value", ["of-the-admin-ui-itself", "sk-short", "sk-with a space in it", "sk-" + "é" * 20]
)
def test_a_value_that_is_no_key_of_litellm_is_refused_without_being_repeated(value: str) -> None:
    with pytest.raises(ValidationError) as refused:
        VirtualKeySpec.model_validate({"alias": "anna", "value": value})
    assert "is no virtual key" in str(refused.value)
    assert value not in str(refused.value)
