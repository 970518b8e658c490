"""A model from its making to its end: a gateway that answers as LiteLLM does, and rows kept in memory."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import pytest

from litemaas_infra import names
from litemaas_infra.clients import models_table
from litemaas_infra.errors import GatewayUnauthorized, ModelCollision, NotInCluster
from litemaas_infra.providers.model import ModelProvider
from litemaas_infra.providers.site import Site
from litemaas_infra.specs.fields import changed, fields_of
from litemaas_infra.specs.model import ModelSpec
from litemaas_infra.specs.row import columns
from tests.litemaas_infra.support.kubernetes import FakeKubernetes, secret
from tests.litemaas_infra.support.litellm import MASTER_KEY, FakeLiteLLM
from tests.litemaas_infra.support.models import granite
from tests.litemaas_infra.support.web import serving

DEPLOYMENT = "/apis/apps/v1/namespaces/litemaas/deployments/litellm"
ID = names.model_id("granite")
PROVIDER = ModelProvider()
Rows = dict[str, dict[str, Any]]
Props = Callable[[ModelSpec], dict[str, Any]]

pytestmark = pytest.mark.usefixtures("config", "rows")


@pytest.fixture
def gateway() -> FakeLiteLLM:
    return FakeLiteLLM()


@pytest.fixture
def props(gateway: FakeLiteLLM, api: FakeKubernetes) -> Iterator[Props]:
    """What Pulumi hands over for a spec, on a cluster where everything is in place."""
    api.objects["/api/v1/namespaces/litemaas"] = {}
    api.objects[DEPLOYMENT] = {}
    api.put("secrets/litellm-secret", secret(LITELLM_MASTER_KEY=MASTER_KEY))
    with serving(gateway) as server:
        site = Site("litemaas", gateway_url=server.url, verify_tls=False)
        yield lambda spec: {**fields_of(spec), "site": site.props}


@pytest.fixture
def rows(monkeypatch: pytest.MonkeyPatch) -> Rows:
    """The rows, in memory; how they are kept in PostgreSQL is tested on a real one."""
    kept: Rows = {}

    @contextmanager
    def connection(*_: object) -> Iterator[None]:
        yield

    def save(_: None, spec: ModelSpec) -> None:
        kept[spec.model_name] = columns(spec)

    def find(_: None, name: str) -> Mapping[str, Any] | None:
        return kept.get(name)

    def remove(_: None, name: str) -> int:
        kept.pop(name, None)
        return 0

    monkeypatch.setattr(Site, "rows", connection)
    monkeypatch.setattr(models_table, "ensure_table", lambda _: None)
    monkeypatch.setattr(models_table, "save", save)
    monkeypatch.setattr(models_table, "find", find)
    monkeypatch.setattr(models_table, "remove", remove)
    return kept


def _made(props: dict[str, Any]) -> dict[str, Any]:
    return dict(PROVIDER.create(props).outs or {})


def _refreshed(state: dict[str, Any]) -> dict[str, Any]:
    """The state after a refresh, as the engine keeps it."""
    found = PROVIDER.read(ID, state)
    assert found.id == ID
    return dict(found.outs or {})


def test_a_model_is_made_on_both_sides_under_its_id(props: Props, gateway: FakeLiteLLM, rows: Rows) -> None:
    made = PROVIDER.create(props(granite()))
    assert made.id == ID
    assert list(gateway.models) == [ID]
    assert rows["granite"]["litellm_model_id"] == ID


def test_making_it_again_after_an_interruption_makes_it_once(props: Props, gateway: FakeLiteLLM) -> None:
    _made(props(granite()))
    _made(props(granite()))
    assert list(gateway.models) == [ID]


def test_nothing_changed_is_nothing_to_see(props: Props) -> None:
    declared = props(granite(rpm=1))
    state = _refreshed(_made(declared))
    assert PROVIDER.diff(ID, state, declared).changes is False


def test_what_was_changed_on_one_side_shows_at_every_refresh_until_it_is_mended(
    props: Props, gateway: FakeLiteLLM
) -> None:
    declared = props(granite(rpm=120))
    state = _made(declared)
    gateway.models[ID]["litellm_params"]["rpm"] = 7
    for _ in range(3):
        state = _refreshed(state)
        assert changed(state, declared) == ["rpm"]
    state = dict(PROVIDER.update(ID, state, declared).outs or {})
    assert gateway.models[ID]["litellm_params"]["rpm"] == 120
    assert PROVIDER.diff(ID, _refreshed(state), declared).changes is False


def test_a_refresh_gives_the_inputs_too_so_that_the_engine_sees_the_drift(
    props: Props, gateway: FakeLiteLLM
) -> None:
    declared = props(granite(rpm=120))
    state = _made(declared)
    gateway.models[ID]["litellm_params"]["rpm"] = 7
    inputs = PROVIDER.read(ID, state).inputs
    assert inputs == {**declared, "rpm": 7}


def test_a_name_changed_by_hand_is_given_back_and_no_other_row_is_touched(
    props: Props, gateway: FakeLiteLLM, rows: Rows
) -> None:
    declared = props(granite())
    _made(props(granite(model_name="other")))
    state = _made(declared)
    gateway.models[ID]["model_name"] = "other"
    state = _refreshed(_refreshed(state))
    assert state["model_name"] == "other"
    assert PROVIDER.diff(ID, state, declared).replaces == []
    PROVIDER.delete(ID, state)
    assert list(rows) == ["other"]


def test_a_missing_row_shows_and_is_made_again(props: Props, rows: Rows) -> None:
    declared = props(granite())
    state = _made(declared)
    rows.clear()
    state = _refreshed(state)
    assert "display_name" in changed(state, declared)
    PROVIDER.update(ID, state, declared)
    assert list(rows) == ["granite"]


def test_a_model_that_the_gateway_lost_is_gone(props: Props, gateway: FakeLiteLLM) -> None:
    state = _made(props(granite()))
    gateway.models.clear()
    assert PROVIDER.read(ID, state).id == ""


def test_a_model_whose_namespace_is_gone_is_gone_and_deleted_without_a_gateway(
    props: Props, api: FakeKubernetes
) -> None:
    state = _made(props(granite()))
    api.objects.clear()
    assert PROVIDER.read(ID, state).id == ""
    PROVIDER.delete(ID, state)


@pytest.mark.parametrize(
    ("path", "told"),
    [
        (DEPLOYMENT, "Deployment litellm is not in namespace litemaas"),
        ("/api/v1/namespaces/litemaas/secrets/litellm-secret", "Secret litellm-secret is not in namespace"),
    ],
)
def test_what_cannot_be_looked_at_is_said_to_be_as_it_was_so_that_an_up_can_mend_the_way_to_it(
    path: str, told: str, props: Props, api: FakeKubernetes, capsys: pytest.CaptureFixture[str]
) -> None:
    state = _made(props(granite()))
    del api.objects[path]
    assert _refreshed(state) == state
    assert told in capsys.readouterr().err


def test_a_context_length_that_is_no_longer_declared_goes(props: Props, gateway: FakeLiteLLM) -> None:
    # LiteLLM merges what it is told of a model, and cannot be told to forget it.
    state = _made(props(granite(context_length=8192)))
    PROVIDER.update(ID, state, props(granite()))
    assert "max_tokens" not in gateway.models[ID]["model_info"]


def test_a_deleted_model_is_gone_from_both_sides(props: Props, gateway: FakeLiteLLM, rows: Rows) -> None:
    PROVIDER.delete(ID, _made(props(granite())))
    assert (gateway.models, rows) == ({}, {})


def test_a_row_that_users_hold_claims_on_is_said_to_stay(
    props: Props, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    state = _made(props(granite()))
    monkeypatch.setattr(models_table, "remove", lambda *_: 3)
    PROVIDER.delete(ID, state)
    assert capsys.readouterr().err == (
        "granite: 3 subscriptions and keys of users name it; its row is kept as 'unavailable'\n"
    )


def test_a_model_made_elsewhere_is_left_alone_with_its_row(
    props: Props, gateway: FakeLiteLLM, rows: Rows
) -> None:
    gateway.models["of-the-ui"] = {"model_name": "granite", "model_info": {"id": "of-the-ui"}}
    with pytest.raises(ModelCollision):
        PROVIDER.create(props(granite()))
    assert rows == {}


def test_a_missing_or_wrong_master_key_is_reported(props: Props, api: FakeKubernetes) -> None:
    api.put("secrets/litellm-secret", secret(LITELLM_MASTER_KEY="sk-wrong"))
    with pytest.raises(GatewayUnauthorized, match="LITELLM_MASTER_KEY of Secret litellm-secret"):
        PROVIDER.create(props(granite()))
    del api.objects["/api/v1/namespaces/litemaas/secrets/litellm-secret"]
    with pytest.raises(NotInCluster, match="Secret litellm-secret"):
        PROVIDER.create(props(granite()))


def test_the_state_holds_the_endpoints_key_once_and_no_credential_of_ours(props: Props) -> None:
    state = _made(props(granite(api_key="sk-endpoint")))
    assert [name for name, value in state.items() if "sk-endpoint" in repr(value)] == ["api_key"]
    assert MASTER_KEY not in repr(state)
