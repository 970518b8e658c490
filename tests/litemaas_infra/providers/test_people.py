"""What becomes of a team, user or budget that is declared otherwise. How each lives a real gateway shows."""

from typing import Any

import pytest

from litemaas_infra.providers.people import TeamProvider
from litemaas_infra.specs.team import TeamSpec

PROPS: dict[str, Any] = {"site": {"namespace": "litemaas"}, **TeamSpec(alias="research", rpm=60).fields}


@pytest.mark.parametrize(
    "found", [{"alias": "renamed"}, {"rpm": 61.0}, {"models": ["granite"]}, {"site": {}}]
)
def test_what_differs_is_mended_and_it_stays_the_same(found: dict[str, Any]) -> None:
    different = TeamProvider().diff("research", {**PROPS, **found}, PROPS)
    assert (different.changes, different.replaces) == (True, [])


def test_what_pulumi_keeps_is_what_is_declared() -> None:
    kept = {name: value for name, value in PROPS.items() if value is not None}
    assert not TeamProvider().diff("research", {**kept, "rpm": 60.0}, PROPS).changes
