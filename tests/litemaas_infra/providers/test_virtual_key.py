"""How a virtual key ends. How it lives is tested on a real gateway."""

from typing import Any

import pytest

from litemaas_infra import names
from litemaas_infra.providers.site import Site
from litemaas_infra.providers.virtual_key import VirtualKeyProvider
from litemaas_infra.specs.virtual_key import VirtualKeySpec, token
from tests.litemaas_infra.support.kubernetes import FakeKubernetes, secret
from tests.litemaas_infra.support.web import Answer, Request, serving

TOKEN = token("sk-of-the-chat")
SPEC = VirtualKeySpec(alias="open-webui")


class Gateway:
    """Its virtual keys by their tokens, each with the fields that LiteLLM tells of."""

    def __init__(self) -> None:
        self.keys: dict[str, dict[str, Any]] = {TOKEN: {"key_alias": SPEC.alias, "spend": 1.25}}

    def __call__(self, request: Request) -> Answer:
        if request.path.startswith("/key/info"):
            found = self.keys.get(request.path.partition("?key=")[2])
            return Answer(200, {"info": found}) if found else Answer(404, {})
        if request.path == "/key/delete":
            del self.keys[request.body["keys"][0]]
        else:
            self.keys[request.body.pop("key")].update(request.body)
        return Answer(200, {})


@pytest.mark.usefixtures("config")
@pytest.mark.parametrize(
    ("kept", "left"),
    [(False, {}), (True, {TOKEN: {"key_alias": SPEC.alias, "spend": 1.25, "blocked": True}})],
)
def test_a_kept_key_ends_blocked_with_its_spend_and_another_is_gone(
    api: FakeKubernetes, kept: bool, left: dict[str, Any]
) -> None:
    api.objects["/api/v1/namespaces/litemaas"] = {}
    api.objects["/apis/apps/v1/namespaces/litemaas/deployments/litellm"] = {}
    api.put("secrets/litellm-secret", secret(LITELLM_MASTER_KEY="sk-master", LITELLM_SALT_KEY="sk-salt"))
    gateway = Gateway()
    with serving(gateway) as server:
        site = Site(names.PROJECT, gateway_url=server.url, verify_tls=False)
        props = {"site": site.props, "secret": "litellm-key-open-webui", "kept": kept, **SPEC.fields}
        VirtualKeyProvider().delete(TOKEN, props)
    assert gateway.keys == left
