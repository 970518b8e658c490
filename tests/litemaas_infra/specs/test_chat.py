"""What can be said of the chat, and what is refused."""

from typing import Any

import pytest

from litemaas_infra.errors import SettingsError
from litemaas_infra.settings.load import parse
from litemaas_infra.specs.chat import Chat

INGRESS = {"kind": "ingress", "host": "llm.example.com"}


def test_it_is_off_unless_it_is_wished_and_tika_goes_with_it() -> None:
    assert not Chat().enabled
    assert not Chat(tika=True).with_tika
    assert Chat(enabled=True, tika=True).with_tika


def test_its_image_follows_from_the_version_unless_it_is_given() -> None:
    assert Chat(version="0.9.1").image_of_version == "ghcr.io/open-webui/open-webui:v0.9.1"
    assert Chat(image="quay.io/me/chat:1").image_of_version == "quay.io/me/chat:1"


def test_its_key_opens_what_the_settings_say() -> None:
    chat = Chat.model_validate({"models": ["granite"], "maxBudget": 50, "budgetDuration": "30d"})
    told = {name: value for name, value in chat.key.told.items() if value}
    assert told == {
        "key_alias": "open-webui",
        "models": ["granite"],
        "max_budget": 50,
        "budget_duration": "30d",
    }


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        ({"chat": {"admin": "root"}}, "chat.admin: is not an e-mail address"),
        ({"chat": {"storageSize": "5"}}, "chat.storageSize: is not a size in Mi, Gi or Ti"),
        ({"chat": {"budgetDuration": "monthly"}}, "chat.budgetDuration: is not a length of time"),
        ({"chat": {"enabled": True}, "exposure": INGRESS}, "chat: has no host, and an Ingress gets none"),
        ({"chat": {"enabled": True}, "exposure": INGRESS}, "config set --path litemaas:chat.host NAME"),
        ({"chat": "yes"}, "begin it with: pulumi config set --path 'litemaas:chat.enabled' VALUE"),
        ({"keys": [{"alias": "open-webui"}]}, "which is that of the chat's own key; give it another"),
    ],
)
def test_what_is_wrong_is_told_with_what_mends_it(settings: dict[str, Any], told: str) -> None:
    with pytest.raises(SettingsError) as refused:
        parse(settings)
    assert told in str(refused.value)


def test_behind_an_ingress_one_that_is_off_needs_no_host() -> None:
    assert not parse({"exposure": INGRESS}).chat.enabled
    assert parse({"exposure": INGRESS, "chat": {"enabled": True, "host": "chat.example.com"}}).chat.host


def test_below_a_domain_of_the_settings_own_a_route_has_its_name() -> None:
    shape = parse({"appsDomain": "apps.example.com", "chat": {"enabled": True}}).of_cluster.shape
    assert shape.chat.host == "open-webui-litemaas.apps.example.com"
