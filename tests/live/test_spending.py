"""What was spent, read from the tables that LiteLLM keeps it in."""

from collections.abc import Iterator
from datetime import date

import pytest

from litemaas_infra.clients.services import Services
from litemaas_infra.clients.spending import Spent, since
from litemaas_infra.clients.way import Way
from tests.live.support.people import DatabaseAdmin

DAY = date(2021, 3, 1)
"""A day on which nobody asked the gateway anything."""
TOKEN, TEAM = "token-of-a-live-test", "team-of-a-live-test"
_USE = """
    INSERT INTO "LiteLLM_DailyUserSpend" (id, date, api_key, model, model_group, prompt_tokens,
        completion_tokens, spend, api_requests, updated_at)
    VALUES (%s, %s, %s, 'granite-3-2-8b-instruct', %s, 10, 5, %s, 1, now())
"""


@pytest.fixture
def used(gateway_database: DatabaseAdmin) -> Iterator[DatabaseAdmin]:
    """The database with a key's use on two days, and its team."""
    do = gateway_database.do
    do('INSERT INTO "LiteLLM_TeamTable" (team_id, team_alias) VALUES (%s, %s)', TEAM, "red")
    do(
        'INSERT INTO "LiteLLM_VerificationToken" (token, key_alias, team_id) VALUES (%s, %s, %s)',
        TOKEN,
        "of-a-live-test",
        TEAM,
    )
    for number, (day, group, dollars) in enumerate(
        [("2021-02-01", "granite", 100.0), ("2021-03-01", "granite", 0.5), ("2021-03-01", None, 0.25)]
    ):
        do(_USE, f"{TOKEN}-{number}", day, TOKEN, group, dollars)
    yield gateway_database
    do('DELETE FROM "LiteLLM_DailyUserSpend" WHERE api_key = %s', TOKEN)
    do('DELETE FROM "LiteLLM_VerificationToken" WHERE token = %s', TOKEN)
    do('DELETE FROM "LiteLLM_TeamTable" WHERE team_id = %s', TEAM)


@pytest.fixture
def services() -> Iterator[Services]:
    opened = Services(Way("litemaas"))
    yield opened
    opened.close()


def _spent(services: Services) -> list[Spent]:
    with services.models() as connection:
        return [one for one in since(connection, DAY) if one.day == DAY]


@pytest.mark.usefixtures("used")
def test_it_is_told_by_day_key_team_and_the_name_that_was_asked_for(services: Services) -> None:
    assert _spent(services) == [
        Spent(DAY, "of-a-live-test", "red", "granite", 0.5, 15, 1),
        Spent(DAY, "of-a-live-test", "red", "granite-3-2-8b-instruct", 0.25, 15, 1),
    ]


def test_a_key_that_is_gone_is_told_by_its_token(services: Services, used: DatabaseAdmin) -> None:
    used.do('DELETE FROM "LiteLLM_VerificationToken" WHERE token = %s', TOKEN)
    assert {(one.key, one.team) for one in _spent(services)} == {(TOKEN, None)}
