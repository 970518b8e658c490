import json
from typing import Any

import pytest
from hypothesis import given

from litemaas_infra.specs.fields import NAMES, SECRETS, changed, fields_of, spec_of, whole
from litemaas_infra.specs.model import ModelSpec
from tests.litemaas_infra.support.models import SPECS, granite


def _as_pulumi_keeps(value: Any) -> Any:
    """Through Pulumi's only kind of number, and without what is none."""
    if isinstance(value, dict):
        return {k: _as_pulumi_keeps(v) for k, v in value.items() if v is not None}
    if isinstance(value, list):
        return [_as_pulumi_keeps(v) for v in value]
    return float(value) if type(value) is int else json.loads(json.dumps(value))


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
    assert changed(fields, {**fields, name: "by hand"}) == [name]


def test_every_field_of_a_model_is_compared() -> None:
    assert tuple(ModelSpec.model_fields) == NAMES


def test_every_secret_field_is_known_as_one() -> None:
    secret = {name for name, field in ModelSpec.model_fields.items() if "Secret" in str(field.annotation)}
    assert secret == set(SECRETS)


@pytest.mark.parametrize(
    ("value", "read"),
    [
        (120.0, 120),
        (0.5, 0.5),
        (True, True),
        (None, None),
        ("1.0", "1.0"),
        (float("inf"), float("inf")),
        ({"a": [1.0, {"b": 2.0}]}, {"a": [1, {"b": 2}]}),
    ],
)
def test_only_whole_floats_become_integers(value: object, read: object) -> None:
    assert (whole(value), repr(whole(value))) == (read, repr(read))
