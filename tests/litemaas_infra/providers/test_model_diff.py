"""What a preview of a model shows."""

from typing import Any

import pytest
from pulumi.output import Unknown

from litemaas_infra import names
from litemaas_infra.providers.model import ModelProvider
from litemaas_infra.specs.fields import NAMES, fields_of
from tests.litemaas_infra.support.models import granite

FIELDS = {**fields_of(granite(rpm=120, tpm=1, context_length=8192)), "site": {"namespace": "litemaas"}}
ID = names.model_id("granite")


def _difference(olds: dict[str, Any], news: dict[str, Any]) -> tuple[bool | None, list[str] | None]:
    result = ModelProvider().diff(ID, olds, news)
    return result.changes, result.replaces


def test_an_unchanged_model_is_left_alone() -> None:
    assert _difference(FIELDS, FIELDS) == (False, [])


def test_numbers_that_state_keeps_as_floats_are_no_change() -> None:
    kept = {**FIELDS, "rpm": 120.0, "tpm": 1.0, "context_length": 8192.0}
    assert _difference(kept, FIELDS) == (False, [])
    assert _difference(FIELDS, kept) == (False, [])


def test_a_value_that_state_dropped_as_none_is_no_change() -> None:
    news = {**FIELDS, "rpm": None}
    assert _difference({k: v for k, v in news.items() if k != "rpm"}, news) == (False, [])


@pytest.mark.parametrize("name", [name for name in NAMES if name != "litellm_model_id"])
def test_any_field_that_refresh_found_changed_is_mended_in_place(name: str) -> None:
    # The id stays ours whatever was done to the name by hand: the deployment is mended, not replaced.
    assert _difference({**FIELDS, name: "by hand"}, FIELDS) == (True, [])


@pytest.mark.parametrize("name", ["api_key", "rpm", "description"])
def test_a_value_not_known_before_the_update_is_a_change(name: str) -> None:
    unknown = Unknown()  # type: ignore[no-untyped-call]  # pulumi's own lacks a type
    assert _difference(FIELDS, {**FIELDS, name: unknown}) == (True, [])


def test_another_declared_name_is_another_model_made_after_the_old_one_is_gone() -> None:
    renamed = {**fields_of(granite(model_name="other")), "site": FIELDS["site"]}
    result = ModelProvider().diff(ID, FIELDS, renamed)
    assert (result.changes, result.replaces) == (True, ["model_name"])
    assert result.delete_before_replace


def test_another_way_to_the_gateway_is_a_change_in_place() -> None:
    elsewhere = {**FIELDS, "site": {"namespace": "litemaas", "gateway_url": "https://other"}}
    assert _difference(FIELDS, elsewhere) == (True, [])
