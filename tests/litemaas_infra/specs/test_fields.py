import json
from typing import Any

import pytest
from hypothesis import given

from litemaas_infra import names
from litemaas_infra.specs.fields import ID, NAMES, changed, fields_of, spec_of, whole
from litemaas_infra.specs.model import ModelSpec
from tests.litemaas_infra.support.models import SPECS, granite


def _as_pulumi_keeps(fields: dict[str, Any]) -> dict[str, Any]:
    """Through Pulumi's only kind of number, and without what is none."""
    numbers = {k: float(v) if type(v) is int else v for k, v in fields.items() if v is not None}
    return dict(json.loads(json.dumps(numbers)))


@given(SPECS)
def test_a_spec_survives_its_record(spec: ModelSpec) -> None:
    assert spec_of(fields_of(spec)) == spec


@given(SPECS)
def test_a_spec_survives_pulumis_numbers_and_missing_values(spec: ModelSpec) -> None:
    assert spec_of(_as_pulumi_keeps(fields_of(spec))) == spec


@given(SPECS)
def test_nothing_differs_from_itself_even_after_pulumi_kept_it(spec: ModelSpec) -> None:
    fields = fields_of(spec)
    assert changed(fields, fields) == []
    assert changed(_as_pulumi_keeps(fields), fields) == []


@pytest.mark.parametrize("name", NAMES)
def test_a_change_of_any_field_is_named(name: str) -> None:
    fields = fields_of(granite(rpm=1, tpm=1, context_length=1))
    assert changed(fields, {**fields, name: "other"}) == [name]
    assert changed(fields, {**fields, name: None}) == [name]


def test_every_field_of_a_model_and_its_id_is_compared() -> None:
    assert (*ModelSpec.model_fields, "litellm_model_id") == NAMES


def test_the_record_holds_the_id_that_follows_from_the_name() -> None:
    assert fields_of(granite())[ID] == names.model_id("granite")


@pytest.mark.parametrize(
    ("value", "read"),
    [(120.0, 120), (0.5, 0.5), (True, True), (None, None), ("1.0", "1.0"), (float("inf"), float("inf"))],
)
def test_only_whole_floats_become_integers(value: object, read: object) -> None:
    assert (whole(value), type(whole(value))) == (read, type(read))
