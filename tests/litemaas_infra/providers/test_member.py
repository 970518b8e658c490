"""What becomes of a membership that is declared otherwise. How each lives a real gateway shows."""

from typing import Any

import pytest

from litemaas_infra.providers.member import MemberProvider
from litemaas_infra.specs.member import MemberSpec

PROPS: dict[str, Any] = {
    "site": {"namespace": "litemaas"},
    "team": "research",
    **MemberSpec(user_id="anna", max_budget=5).fields,
}


@pytest.mark.parametrize("found", [{"role": "admin"}, {"max_budget": None}, {"site": {}}])
def test_what_differs_is_mended_and_it_stays_the_same(found: dict[str, Any]) -> None:
    different = MemberProvider().diff("research/anna", {**PROPS, **found}, PROPS)
    assert (different.changes, different.replaces) == (True, [])


def test_in_another_team_it_is_another_one() -> None:
    different = MemberProvider().diff("research/anna", {**PROPS, "team": "other"}, PROPS)
    assert (different.changes, different.replaces) == (True, ["team"])


def test_what_pulumi_keeps_is_what_is_declared() -> None:
    assert not MemberProvider().diff("research/anna", {**PROPS, "max_budget": 5}, PROPS).changes
