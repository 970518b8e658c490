"""Any model, written in either form, is read back as it was."""

from collections.abc import Callable, Iterable

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from litemaas_infra.specs.fields import fields_of
from litemaas_infra.specs.model import ModelSpec
from tests.litemaas_infra.support.models import SPECS
from tests.litemaas_infra.support.models_files import as_ansible, as_config, specs

Written = Callable[[Iterable[ModelSpec]], str]


def _merged(spec: ModelSpec) -> dict[str, object]:
    """The model's fields; which further parameters are secret, a configuration doesn't tell."""
    fields = fields_of(spec)
    further = fields.pop("params") | fields.pop("secret_params")
    return {**fields, "params": further}


def _has_expression(text: str) -> bool:
    """Whether only Ansible could tell what the file says."""
    return any(begin in text for begin in ("{{", "{%", "{#"))


@pytest.mark.parametrize("written", [as_ansible, as_config])
@given(models=st.lists(SPECS, max_size=2, unique_by=lambda spec: spec.model_name))
def test_what_is_written_is_read_back_equal(written: Written, models: list[ModelSpec]) -> None:
    text = written(models)
    assume(written is not as_ansible or not _has_expression(text))
    assert [_merged(spec) for spec in specs(text)] == [_merged(spec) for spec in models]


@given(models=st.lists(SPECS, max_size=2, unique_by=lambda spec: spec.model_name))
def test_the_ansible_form_keeps_apart_what_is_secret(models: list[ModelSpec]) -> None:
    text = as_ansible(models)
    assume(not _has_expression(text))
    assert specs(text) == models
