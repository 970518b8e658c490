"""A credential on the real gateway: made once, changed in place, what is secret of it told by nobody."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import pytest

from litemaas_infra.clients.credentials import Credentials
from litemaas_infra.errors import DataProtected, GatewayRefused
from litemaas_infra.providers.base import Props
from litemaas_infra.providers.credential import DIFFERING, CredentialProvider
from litemaas_infra.providers.session import session
from litemaas_infra.providers.site import Site
from litemaas_infra.specs.credential import CredentialSpec
from tests.live.support.models import ENDPOINT
from tests.live.support.people import GatewayAdmin
from tests.live.support.pulumi import ManagedModel, crossing, new_process

NAME = "of a live test"
PATH = "/credentials/of%20a%20live%20test"
INFO = {"custom_llm_provider": "openai", "levels": [1, 2]}
HELD = "models/model-endpoint/api-key"


def _spec(**fields: Any) -> CredentialSpec:
    return CredentialSpec.model_validate({"name": NAME, **fields})


def _inputs(site: Props, spec: CredentialSpec) -> Props:
    new_process(site)
    return crossing({"site": site, **spec.fields, DIFFERING: []})


@pytest.fixture
def credentials(site: Props) -> Iterator[Callable[[], Credentials]]:
    def now() -> Credentials:
        new_process(site)
        return session(Site(**site)).credentials()

    yield now
    now().forget(NAME)


@pytest.fixture
def whole(endpoint_key: str) -> CredentialSpec:
    values = {"api_key": endpoint_key, "organization": "a-secret-one"}
    return _spec(values=values, info=INFO)


def _refreshed(site: Props, spec: CredentialSpec, state: Mapping[str, Any]) -> list[str]:
    """The names of what a refresh finds, as the next `up` would see it."""
    provider = CredentialProvider()
    inputs = _inputs(site, spec)
    found = crossing(provider.read(NAME, crossing(state)).outs or {})
    assert found, "it is gone"
    different = [*found[DIFFERING], *(["info"] if found.get("info") != inputs.get("info") else [])]
    assert provider.diff(NAME, found, inputs).changes == bool(different)
    return different


def test_it_lives_as_it_is_declared(
    credentials: Callable[[], Credentials], site: Props, whole: CredentialSpec
) -> None:
    provider = CredentialProvider()
    for _ in range(2):  # a try that was broken off is repeated
        made = provider.create(_inputs(site, whole))
        assert made.id == NAME
    assert _refreshed(site, whole, made.outs or {}) == []

    changed = _spec(values={"api_key": "sk-other"}, info={"custom_llm_provider": "azure"})
    for wanted in (changed, _spec(values={"api_key": "sk-other"})):
        state = provider.update(NAME, {}, _inputs(site, wanted)).outs or {}
        assert _refreshed(site, wanted, state) == []

    for _ in range(2):
        provider.delete(NAME, _inputs(site, changed))
    assert credentials().find(NAME) is None
    assert not provider.read(NAME, _inputs(site, changed)).id


@pytest.mark.usefixtures("credentials")
def test_what_others_changed_is_seen_without_being_told_and_mended(
    site: Props, whole: CredentialSpec, gateway: GatewayAdmin
) -> None:
    state = CredentialProvider().create(_inputs(site, whole)).outs or {}
    by_hand = {"api_key": "sk-by-hand", "api_version": "1"}
    body = {"credential_name": NAME, "credential_values": by_hand, "credential_info": {"by": "hand"}}
    gateway.http.patch(PATH, json=body).raise_for_status()
    assert _refreshed(site, whole, state) == ["api_key", "api_version", "info"]
    assert "by-hand" not in str(CredentialProvider().read(NAME, crossing(state)).outs)
    CredentialProvider().update(NAME, {}, _inputs(site, whole))
    assert _refreshed(site, whole, state) == []


def test_one_that_others_made_is_taken_over_only_on_request(
    credentials: Callable[[], Credentials], site: Props, whole: CredentialSpec
) -> None:
    credentials().ensure(_spec(values={"api_key": "sk-elsewhere"}))
    with pytest.raises(GatewayRefused, match=r"already, with other api_key, organization; set its `adopt`"):
        CredentialProvider().create(_inputs(site, whole))
    adopting = whole.model_copy(update={"adopt": True})
    state = CredentialProvider().create(_inputs(site, adopting)).outs or {}
    assert _refreshed(site, adopting, state) == []


@pytest.mark.usefixtures("credentials")
def test_a_model_that_names_one_is_reached_with_it_and_keeps_it(
    declare: Callable[..., ManagedModel], gateway: GatewayAdmin, site: Props
) -> None:
    held = _spec(values={"api_base": ENDPOINT}, value_secrets={"api_key": HELD})
    CredentialProvider().create(_inputs(site, held))
    model = declare(api_base=None, api_key=None, litellm_credential_name=NAME, discover=True)
    model.create()
    answer = gateway.complete(model.name)
    assert answer.status_code == 200, answer.text
    assert model.refresh() == []
    with pytest.raises(DataProtected, match=f"named by models that are not this stack's: {model.name}"):
        CredentialProvider().delete(NAME, _inputs(site, held))

    wrong = _spec(values={"api_base": ENDPOINT, "api_key": "sk-wrong"})
    CredentialProvider().update(NAME, {}, _inputs(site, wrong))
    assert gateway.complete(model.name).status_code == 401
    model.delete()
