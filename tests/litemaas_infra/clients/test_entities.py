"""What a version of LiteLLM accepts and does not do. How entities live a real gateway shows."""

from collections.abc import Iterator

import pytest

from litemaas_infra.clients.people import Budgets, Users
from litemaas_infra.clients.virtual_keys import VirtualKeys
from litemaas_infra.clients.wire import Wire
from litemaas_infra.errors import GatewayRefused
from litemaas_infra.specs.budget import BudgetSpec
from tests.litemaas_infra.support.litellm import MASTER_KEY, FakeLiteLLM, refusal
from tests.litemaas_infra.support.web import Answer, WebServer

UNDELETABLE = "Could not find field at `createManyLiteLLM_DeletedVerificationToken.data.agent_id`"


@pytest.fixture
def wire(server: WebServer) -> Iterator[Wire]:
    with Wire(server.url, MASTER_KEY, trust=True) as wire:
        yield wire


def test_what_is_not_taken_back_is_refused_by_name(wire: Wire, fake: FakeLiteLLM) -> None:
    there = Answer(200, [BudgetSpec(budget_id="monthly", rpm=60).told])
    fake.first = [there, Answer(200, {}), there]
    with pytest.raises(GatewayRefused, match=r"keeps rpm of budget 'monthly' as it is.*litellmVersion"):
        Budgets(wire).ensure("monthly", BudgetSpec(budget_id="monthly"))


def test_a_key_that_cannot_be_deleted_is_blocked_under_another_alias(wire: Wire, fake: FakeLiteLLM) -> None:
    fake.first = [refusal(UNDELETABLE, 500), Answer(200, {})]
    VirtualKeys(wire).forget("abc")
    assert fake.first == []


def test_a_key_that_is_not_deleted_for_another_reason_is_an_error(wire: Wire, fake: FakeLiteLLM) -> None:
    fake.first = [refusal("no database", 500)]
    with pytest.raises(GatewayRefused, match="no database"):
        VirtualKeys(wire).forget("abc")


def test_a_user_of_whom_only_their_spend_is_told_is_none(wire: Wire, fake: FakeLiteLLM) -> None:
    fake.first = [Answer(200, {"user_id": "anna", "user_info": {"spend": 0}, "keys": [], "teams": []})]
    assert Users(wire).find("anna") is None


def test_a_key_whose_budget_the_list_does_not_tell_is_asked_itself(wire: Wire, fake: FakeLiteLLM) -> None:
    listed = [{"key_alias": "a", "token": "1"}, {"key_alias": "deleted-2", "token": "2"}]
    told = [{"key_alias": "b", "token": "3", "budget_id": "monthly"}]
    answers = ({"keys": listed + told, "total_pages": 1}, {"info": {"budget_id": "daily"}})
    fake.first = [Answer(200, answer) for answer in answers]
    assert list(Budgets(wire).keys("monthly")) == ["b"]
    assert fake.first == []
