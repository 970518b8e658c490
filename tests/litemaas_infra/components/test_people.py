import pytest

from tests.litemaas_infra.support.models import GRANITE
from tests.litemaas_infra.support.program import Declared, Program, run

TEAM = {"alias": "research", "models": ["granite"], "max_budget": 500, "blocked": True}
MEMBERS = [{"user_id": "anna@example.com", "max_budget": 5}, {"user_id": "someone@example.com"}]
USER = {"user_id": "anna@example.com", "email": "anna@example.com", "rpm": 60}
BUDGET = {"budget_id": "monthly", "max_budget": 50, "budget_duration": "30d"}
OWNED = {"alias": "owned", "team": "research", "budget": "monthly", "user_id": "anna@example.com"}
FREE = {"alias": "free", "user_id": "someone@example.com"}


@pytest.fixture(scope="module")
def program() -> Program:
    return run(
        models=[GRANITE],
        keys=[OWNED, FREE],
        teams=[{**TEAM, "members": MEMBERS}],
        users=[USER],
        budgets=[BUDGET],
    )


def _key(program: Program, alias: str) -> Declared:
    (found,) = (key for key in program.all("VirtualKey") if key.inputs["alias"] == alias)
    return found


@pytest.mark.parametrize(("kind", "fields"), [("Team", TEAM), ("User", USER), ("Budget", BUDGET)])
def test_all_that_is_declared_of_one_is_its_resource_after_the_models(
    program: Program, kind: str, fields: dict[str, object]
) -> None:
    (made,) = program.all(kind)
    assert fields.items() <= made.inputs.items()
    assert "models-served" in program.needed(made)


def test_a_member_is_one_of_the_team_of_that_id_once_team_and_user_are_there(program: Program) -> None:
    anna, someone = sorted(program.all("Member"), key=lambda made: str(made.inputs["user_id"]))
    assert {"team": "team-research-id", "role": "user", "max_budget": 5}.items() <= anna.inputs.items()
    assert {"team-research", "user-anna@example.com"} <= program.needed(anna)
    assert "team-research" in program.needed(someone)


def test_a_key_comes_after_the_members_whose_it_may_be(program: Program) -> None:
    assert "member-research-anna@example.com" in program.needed(_key(program, "owned"))


def test_a_key_names_them_by_their_ids_and_comes_after_them(program: Program) -> None:
    key = _key(program, "owned")
    ids = {"team": "team-research-id", "budget": "budget-monthly-id", "user_id": "user-anna@example.com-id"}
    assert ids.items() <= key.inputs.items()
    assert {"team-research", "budget-monthly", "user-anna@example.com"} <= program.needed(key)


def test_a_key_of_nobody_declared_keeps_what_it_says(program: Program) -> None:
    assert _key(program, "free").inputs["user_id"] == "someone@example.com"
    assert _key(program, "free").inputs.get("team") is None


def test_nobody_is_declared_unless_asked_for() -> None:
    program = run()
    assert [program.all(kind) for kind in ("Team", "User", "Budget")] == [[], [], []]
