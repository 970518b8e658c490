"""What becomes of a credential that is declared otherwise. How one lives a real gateway shows."""

from typing import Any

import pytest

from litemaas_infra.providers.credential import CredentialProvider
from litemaas_infra.specs.credential import CredentialSpec

SPEC = CredentialSpec.model_validate({"name": "openai", "values": {"api_key": "sk-1"}})
PROPS: dict[str, Any] = {"site": {"namespace": "litemaas"}, **SPEC.fields, "differing": []}


@pytest.mark.parametrize(
    "found",
    [{"differing": ["api_key"]}, {"values": {"api_key": "sk-2"}}, {"info": {"by": "hand"}}, {"site": {}}],
)
def test_what_differs_is_mended_and_it_stays_the_same(found: dict[str, Any]) -> None:
    different = CredentialProvider().diff("openai", {**PROPS, **found}, PROPS)
    assert (different.changes, different.replaces) == (True, [])


def test_how_it_is_taken_over_changes_nothing() -> None:
    assert not CredentialProvider().diff("openai", {**PROPS, "adopt": True}, PROPS).changes
