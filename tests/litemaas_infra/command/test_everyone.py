"""`litemaas keys everyone`: a key for each user of the backend, so that they can do without it."""

import json
from typing import Any

import pytest

from litemaas_infra.clients import portal_users
from litemaas_infra.clients.portal_users import PortalUser
from tests.litemaas_infra.command.conftest import World
from tests.litemaas_infra.support.models import granite

ANNA = PortalUser("anna@example.com", ["granite"])
BEN = PortalUser("ben@example.com", [])


@pytest.fixture(autouse=True)
def users(world: World, monkeypatch: pytest.MonkeyPatch) -> list[PortalUser]:
    found = [ANNA, BEN]
    world.deploy(granite())
    monkeypatch.setattr(portal_users, "active", lambda _: found)
    return found


def _told(world: World, *options: str) -> dict[str, Any]:
    done = world.run("keys", "everyone", "--json", *options)
    assert done.exit_code == 0, done.output
    told: dict[str, Any] = json.loads(done.stdout)
    return told


def test_each_gets_one_for_what_they_are_subscribed_to(world: World) -> None:
    key = {"alias": "anna-example-com", "models": ["granite"], "user_id": "anna@example.com"}
    assert _told(world) == {"declared": [key], "left_out": ["ben@example.com"]}
    assert ("keys[0].alias", "string", "anna-example-com") in world.pulumi.settings


def test_all_get_one_for_the_models_that_are_named(world: World) -> None:
    told = _told(world, "--models", "granite", "--budget", "100", "--duration", "30d")
    assert [key["alias"] for key in told["declared"]] == ["anna-example-com", "ben-example-com"]
    assert {key["max_budget"] for key in told["declared"]} == {100}
    assert all(key["expires"] for key in told["declared"])
    assert told["left_out"] == []


def test_who_has_one_gets_no_other(world: World) -> None:
    world.declare(keys=[{"alias": "other", "user_id": "anna@example.com"}])
    assert _told(world) == {"declared": [], "left_out": ["ben@example.com"]}
    assert world.pulumi.settings == []


def test_two_addresses_that_come_to_one_alias_get_two(world: World, users: list[PortalUser]) -> None:
    world.declare(keys=[{"alias": "anna-example-com", "user_id": "anna.example@com"}])
    users[1] = PortalUser("anna-example@com", ["granite"])
    aliases = {key["user_id"]: key["alias"] for key in _told(world)["declared"]}
    assert aliases == {
        "anna@example.com": "anna-example-com-2",
        "anna-example@com": "anna-example-com-3",
    }


def test_nothing_is_declared_when_one_of_them_could_open_nothing(world: World) -> None:
    done = world.run("keys", "everyone", "--models", "llama")
    assert done.exit_code == 3
    assert "the gateway serves no llama" in done.stderr
    assert world.pulumi.settings == []


def test_it_can_be_repeated(world: World, users: list[PortalUser]) -> None:
    users.clear()
    done = world.run("keys", "everyone")
    assert done.exit_code == 0
    assert "every user of the backend" in done.stdout
