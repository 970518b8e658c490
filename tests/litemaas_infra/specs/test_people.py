"""Teams, users and budgets, as they are declared, kept by Pulumi, told to LiteLLM and told by it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from litemaas_infra.specs.budget import BudgetSpec
from litemaas_infra.specs.entity import Entity
from litemaas_infra.specs.member import MemberSpec
from litemaas_infra.specs.team import TeamSpec
from litemaas_infra.specs.user import UserSpec

LIMITS = {
    "max_budget": st.none() | st.floats(0, 1000),
    "budget_duration": st.sampled_from([None, "30d"]),
    "rpm": st.none() | st.integers(0, 10**6),
    "tpm": st.none() | st.integers(0, 10**6),
}
MODELS = st.lists(st.sampled_from(["granite", "mistral"]), max_size=2).map(tuple)
SPECS = st.one_of(
    st.builds(TeamSpec, alias=st.just("a"), models=MODELS, blocked=st.booleans(), **LIMITS),
    st.builds(UserSpec, user_id=st.just("a"), email=st.sampled_from([None, "a@b"]), models=MODELS, **LIMITS),
    st.builds(BudgetSpec, budget_id=st.just("a"), soft_budget=st.none() | st.floats(0, 9), **LIMITS),
)
PLAIN = (TeamSpec(alias="a"), UserSpec(user_id="a"), BudgetSpec(budget_id="a"))


@given(SPECS)
def test_what_pulumi_keeps_stands_for_it(spec: Entity) -> None:
    as_pulumi_has_numbers = {k: float(v) if type(v) is int else v for k, v in spec.fields.items()}
    assert type(spec).of({**as_pulumi_has_numbers, "site": {}}) == spec


@given(SPECS)
def test_what_litellm_was_told_and_tells_again_is_no_drift(spec: Entity) -> None:
    assert spec.differing({**spec.told, "spend": 3.5}) == []
    assert spec.seen(spec.told).items() <= spec.fields.items()


@given(SPECS, SPECS)
def test_what_differs_is_told_and_nothing_else(spec: Entity, other: Entity) -> None:
    if type(spec) is type(other):
        told = spec.changes(other.told)
        assert spec.differing({**other.told, **told}) == []
        assert len(told) == len(spec.differing(other.told))


@pytest.mark.parametrize("spec", PLAIN, ids=["team", "user", "budget"])
def test_every_field_is_told_but_how_it_is_made_and_deleted(spec: Entity) -> None:
    assert type(spec).model_fields.keys() - spec.NAMES.keys() <= {"adopt", "force_delete", "members"}
    assert set(spec.told) == set(spec.NAMES.values())
    assert spec.called == "a"


def test_a_team_s_members_are_no_part_of_what_pulumi_keeps_of_it() -> None:
    spec = TeamSpec(alias="a", members=(MemberSpec(user_id="b", max_budget=5),))
    assert "members" not in spec.fields
    assert spec.members[0].told == {"user_id": "b", "role": "user", "max_budget_in_team": 5.0}


def test_a_user_s_models_and_mail_are_taken_back_by_what_means_none() -> None:
    told = UserSpec(user_id="a").told
    assert (told["models"], told["user_email"]) == (["all-proxy-models"], "")


@pytest.mark.parametrize(
    ("kind", "wrong"),
    [
        (TeamSpec, {"alias": "A"}),
        (TeamSpec, {"alias": "a", "rpm": -1}),
        (TeamSpec, {"alias": "a", "members": [{"user_id": "b", "role": "king"}]}),
        (TeamSpec, {"alias": "a", "members": [{"user_id": "b"}, {"user_id": "b"}]}),
        (UserSpec, {"user_id": "a", "role": "king"}),
        (UserSpec, {"user_id": " a"}),
        (BudgetSpec, {"budget_id": "a", "soft_budget": -1}),
        (BudgetSpec, {"budget_id": "a", "models": ["x"]}),
    ],
)
def test_what_cannot_be_is_refused_without_being_repeated(
    kind: type[Entity], wrong: dict[str, object]
) -> None:
    with pytest.raises(ValidationError) as refused:
        kind.model_validate(wrong)
    assert "input_value" not in str(refused.value)
