"""What another declaration makes of a virtual key, and how it ends; how it lives a real gateway shows."""

from collections.abc import Callable
from typing import Any

import pytest

from litemaas_infra import names
from litemaas_infra.providers.site import Site
from litemaas_infra.providers.virtual_key import VirtualKeyProvider
from litemaas_infra.specs.virtual_key import VirtualKeySpec, retired, token
from tests.litemaas_infra.support.kubernetes import FakeKubernetes, secret
from tests.litemaas_infra.support.web import Answer, Request, serving

TOKEN = token("sk-of-the-chat")
SPEC = VirtualKeySpec(alias="open-webui")
PROPS: dict[str, Any] = {
    "site": {"namespace": "litemaas"},
    "alias": "anna",
    "models": ["granite"],
    "rotation": None,
    "overlap": "1d",
    "token": "a",
    "value": "sk-a",
    "before": [],
    "kept": False,
}


class Gateway:
    """Its virtual keys by their tokens, each with the fields that LiteLLM tells of."""

    def __init__(self) -> None:
        self.keys: dict[str, dict[str, Any]] = {TOKEN: {"key_alias": SPEC.alias, "spend": 1.25}}

    def __call__(self, request: Request) -> Answer:
        if request.path.startswith("/key/info"):
            found = self.keys.get(request.path.partition("?key=")[2])
            return Answer(200, {"info": found}) if found else Answer(404, {})
        if request.path == "/key/delete":
            return Answer(200 if self.keys.pop(request.body["keys"][0], None) else 404, {})
        self.keys[request.body.pop("key")].update(request.body)
        return Answer(200, {})


@pytest.fixture
def deleted(api: FakeKubernetes) -> Callable[[Gateway, bool], None]:
    """Ends the key of a stack at the gateway."""
    api.objects["/api/v1/namespaces/litemaas"] = {}
    api.objects["/apis/apps/v1/namespaces/litemaas/deployments/litellm"] = {}
    api.put("secrets/litellm-secret", secret(LITELLM_MASTER_KEY="sk-master", LITELLM_SALT_KEY="sk-salt"))

    def delete(gateway: Gateway, kept: bool) -> None:
        with serving(gateway) as server:
            site = Site(names.PROJECT, gateway_url=server.url, verify_tls=False)
            props = {"site": site.props, "before": ["before"], "kept": kept, **SPEC.fields}
            VirtualKeyProvider().delete(TOKEN, props)

    return delete


@pytest.mark.usefixtures("config")
@pytest.mark.parametrize(
    ("kept", "left"),
    [(False, {}), (True, {TOKEN: {"key_alias": SPEC.alias, "spend": 1.25, "blocked": True}})],
)
def test_a_kept_key_ends_blocked_with_its_spend_and_another_is_gone_with_those_before_it(
    deleted: Callable[[Gateway, bool], None], kept: bool, left: dict[str, Any]
) -> None:
    gateway = Gateway()
    gateway.keys["before"] = {"key_alias": retired(SPEC.alias, "before")}
    deleted(gateway, kept)
    assert gateway.keys == left


@pytest.mark.usefixtures("config")
def test_one_that_gave_way_to_another_is_left_to_its_overlap(
    deleted: Callable[[Gateway, bool], None],
) -> None:
    gateway = Gateway()
    gateway.keys[TOKEN]["key_alias"] = retired(SPEC.alias, TOKEN)
    deleted(gateway, False)
    assert set(gateway.keys) == {TOKEN}


@pytest.mark.parametrize("news", [{"models": []}, {"rpm": 60}, {"team": "research"}, {"site": {}}])
def test_it_stays_the_same_key_whatever_else_is_changed(news: dict[str, Any]) -> None:
    found = VirtualKeyProvider().diff("a", PROPS, {**PROPS, **news})
    assert (found.changes, found.replaces) == (True, [])


def test_with_another_value_it_is_another_key_and_the_one_before_is_there_until_then() -> None:
    rotated = {"rotation": "2", "token": "b", "value": "sk-b", "before": ["a"]}
    found = VirtualKeyProvider().diff("a", PROPS, {**PROPS, **rotated})
    assert (found.changes, found.replaces, found.delete_before_replace) == (True, ["token"], False)


@pytest.mark.parametrize("news", [{"overlap": "1h"}, {"rotation": "2"}, {"secret_namespace": "apps"}])
def test_what_concerns_the_next_value_or_its_secrets_changes_nothing_of_it(news: dict[str, Any]) -> None:
    assert not VirtualKeyProvider().diff("a", PROPS, {**PROPS, **news}).changes
