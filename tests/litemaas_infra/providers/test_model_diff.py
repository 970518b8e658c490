"""What a preview of a model shows."""

from typing import Any

import pytest
from pulumi.output import Unknown

from litemaas_infra import names
from litemaas_infra.errors import NotInCluster
from litemaas_infra.providers.base import unseen
from litemaas_infra.providers.model import ModelProvider
from litemaas_infra.specs.fields import NAMES, fields_of
from tests.litemaas_infra.support.models import granite

ID = names.model_id("granite")
DECLARED = {**fields_of(granite(rpm=120, tpm=1, context_length=8192)), "site": {"namespace": "litemaas"}}
"""What the program declares."""
MADE = {**DECLARED, "declared": DECLARED, "litellm_model_id": ID, "served": True}
"""What state keeps of it."""


def _difference(olds: dict[str, Any], news: dict[str, Any]) -> tuple[bool | None, list[str] | None]:
    result = ModelProvider().diff(ID, olds, news)
    return result.changes, result.replaces


def test_one_that_a_refresh_could_not_look_at_is_made_sure_of() -> None:
    seen = unseen(ID, MADE, NotInCluster("there is no Secret litellm-secret"))
    assert _difference(seen.outs or {}, DECLARED) == (True, [])


def test_an_unchanged_model_is_left_alone() -> None:
    assert _difference(MADE, DECLARED) == (False, [])


def test_numbers_that_state_keeps_as_floats_are_no_change() -> None:
    floats = {"rpm": 120.0, "tpm": 1.0, "context_length": 8192.0}
    assert _difference({**MADE, **floats}, DECLARED) == (False, [])
    assert _difference(MADE, {**DECLARED, **floats}) == (False, [])


def test_a_value_that_state_dropped_as_none_is_no_change() -> None:
    olds = {name: value for name, value in MADE.items() if name != "rpm"}
    assert _difference(olds, {**DECLARED, "rpm": None}) == (False, [])


@pytest.mark.parametrize("name", [*NAMES, "litellm_model_id"])
def test_any_field_that_refresh_found_changed_is_mended_in_place(name: str) -> None:
    # The id stays ours whatever was done to the name by hand: the deployment is mended, not replaced.
    assert _difference({**MADE, name: "by hand"}, DECLARED) == (True, [])


@pytest.mark.parametrize("name", ["api_key", "rpm", "description"])
def test_a_value_not_known_before_the_update_is_a_change(name: str) -> None:
    unknown = Unknown()  # type: ignore[no-untyped-call]  # pulumi's own lacks a type
    assert _difference(MADE, {**DECLARED, name: unknown}) == (True, [])


@pytest.mark.parametrize("name", ["model_name", "deployment"])
def test_another_declared_name_is_another_model_made_after_the_old_one_is_gone(name: str) -> None:
    result = ModelProvider().diff(ID, MADE, {**DECLARED, name: "other"})
    assert (result.changes, result.replaces) == (True, [name])
    assert result.delete_before_replace


def test_another_way_to_the_gateway_is_a_change_in_place() -> None:
    elsewhere = {**DECLARED, "site": {"namespace": "litemaas", "gateway_url": "https://other"}}
    assert _difference(MADE, elsewhere) == (True, [])


def test_a_model_that_the_gateway_does_not_serve_is_mended_in_place() -> None:
    assert _difference({**MADE, "served": False}, DECLARED) == (True, [])


def test_an_adopted_model_is_known_by_the_id_it_has() -> None:
    adopted = {**MADE, "litellm_model_id": "of-the-ui"}
    assert ModelProvider().diff("of-the-ui", adopted, DECLARED).changes is False
