"""A model from its making to its end: a gateway that answers as LiteLLM does, and rows kept in memory."""

import io
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, redirect_stderr
from typing import Any
from unittest.mock import Mock

import pytest

from litemaas_infra import names
from litemaas_infra.clients import models_table, stored_models
from litemaas_infra.errors import (
    EndpointRefused,
    GatewayUnauthorized,
    ModelCollision,
    ModelUnproven,
    NotInCluster,
)
from litemaas_infra.providers import session, snapshot
from litemaas_infra.providers.model import ModelProvider
from litemaas_infra.providers.session import Session
from litemaas_infra.providers.site import Site
from litemaas_infra.specs.deployment import Deployment
from litemaas_infra.specs.fields import changed, fields_of
from litemaas_infra.specs.model import ModelSpec
from tests.litemaas_infra.support.kubernetes import FakeKubernetes, secret
from tests.litemaas_infra.support.litellm import MASTER_KEY, FakeLiteLLM
from tests.litemaas_infra.support.models import granite as spec_of_granite
from tests.litemaas_infra.support.web import Answer, serving

DEPLOYMENT = "/apis/apps/v1/namespaces/litemaas/deployments/litellm"
ID = names.model_id("granite")
PROVIDER = ModelProvider()
Rows = dict[str, dict[str, Any]]
Props = Callable[[ModelSpec], dict[str, Any]]

pytestmark = pytest.mark.usefixtures("config", "rows")


def granite(**other: Any) -> ModelSpec:
    """The plain model; there is no endpoint of it to ask."""
    return spec_of_granite(**{"discover": False, **other})


@pytest.fixture
def gateway() -> FakeLiteLLM:
    return FakeLiteLLM()


@pytest.fixture
def props(gateway: FakeLiteLLM, api: FakeKubernetes) -> Iterator[Props]:
    """What Pulumi hands over for a spec, on a cluster where everything is in place."""
    api.objects["/api/v1/namespaces/litemaas"] = {}
    api.objects[DEPLOYMENT] = {}
    api.put("secrets/litellm-secret", secret(LITELLM_MASTER_KEY=MASTER_KEY, LITELLM_SALT_KEY="sk-salt"))
    with serving(gateway) as server:
        site = Site("litemaas", gateway_url=server.url, verify_tls=False)
        yield lambda spec: {**fields_of(spec), "site": site.props}


@pytest.fixture
def rows(monkeypatch: pytest.MonkeyPatch, gateway: FakeLiteLLM) -> Rows:
    """Both databases, in memory; how they are read and written is tested on a real PostgreSQL."""
    kept: Rows = {}

    @contextmanager
    def connection(*_: object) -> Iterator[None]:
        yield

    def save(_: None, values: Mapping[str, Any]) -> None:
        kept[values["id"]] = dict(values)

    def remove(_: None, name: str, *, force: bool) -> int:
        del force
        kept.pop(name, None)
        return 0

    def stored(*_: object) -> list[Deployment]:
        return [
            Deployment(id_, body["model_name"], body.get("litellm_params", {}), body["model_info"])
            for id_, body in gateway.models.items()
        ]

    def of_name(_: None, salt: str, name: str, ids: list[str]) -> list[Deployment]:
        return [found for found in stored(salt) if found.model_name == name or found.id in ids]

    monkeypatch.setattr(Session, "rows", connection)
    monkeypatch.setattr(Session, "models", connection)
    monkeypatch.setattr(stored_models, "every", lambda *_: {found.id: found for found in stored()})
    monkeypatch.setattr(stored_models, "of_name", of_name)
    monkeypatch.setattr(models_table, "ensure_table", lambda _: None)
    monkeypatch.setattr(models_table, "save", save)
    monkeypatch.setattr(models_table, "every", lambda _: kept)
    monkeypatch.setattr(models_table, "remove", remove)
    # What tests change past the provider must show at once.
    monkeypatch.setattr(snapshot, "FRESH", 0.0)
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


def test_a_model_that_the_gateway_lost_shows_and_is_made_again(props: Props, gateway: FakeLiteLLM) -> None:
    declared = props(granite())
    state = _made(declared)
    gateway.models.clear()
    state = _refreshed(state)
    assert "litellm_model" in changed(state, declared)
    assert PROVIDER.diff(ID, state, declared).changes
    PROVIDER.update(ID, state, declared)
    assert list(gateway.models) == [ID]


def test_a_model_without_deployment_and_row_is_gone(props: Props, gateway: FakeLiteLLM, rows: Rows) -> None:
    state = _made(props(granite()))
    gateway.models.clear()
    rows.clear()
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
def test_what_cannot_be_looked_at_is_made_sure_of_once_an_up_has_mended_the_way_to_it(
    path: str, told: str, props: Props, api: FakeKubernetes, gateway: FakeLiteLLM
) -> None:
    state = _made(props(granite()))
    missing = api.objects.pop(path)
    session.close_all()
    with redirect_stderr(io.StringIO()) as said:
        seen = _refreshed(state)
    assert told in said.getvalue()
    gateway.models.clear()
    api.objects[path] = missing
    session.close_all()
    assert PROVIDER.diff(ID, seen, props(granite())).changes
    assert PROVIDER.update(ID, seen, props(granite())).outs == state
    assert list(gateway.models) == [ID]


def test_two_models_of_one_look_are_one_listing(
    props: Props, gateway: FakeLiteLLM, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(snapshot, "FRESH", 60.0)
    states = {name: _made(props(granite(model_name=name))) for name in ("a", "b", "c")}
    listing = Mock(wraps=gateway._list)
    monkeypatch.setattr(gateway, "_list", listing)
    for name, state in states.items():
        assert PROVIDER.read(names.model_id(name), state).id
    listing.assert_called_once()


def test_a_model_that_is_stored_and_not_served_shows_and_is_made_anew(
    props: Props, gateway: FakeLiteLLM, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(snapshot, "PATIENCE", 0.0)
    state = _made(props(granite()))
    with monkeypatch.context() as lost:
        lost.setattr(gateway, "_list", lambda: Answer(200, {"data": []}))
        state = _refreshed(state)
    assert "granite: the gateway has it stored and does not serve it" in capsys.readouterr().err
    assert PROVIDER.diff(ID, state, props(granite())).changes
    PROVIDER.update(ID, state, props(granite()))
    assert PROVIDER.diff(ID, _refreshed(state), props(granite())).changes is False


def test_a_key_changed_in_the_gateway_shows(
    props: Props, gateway: FakeLiteLLM, capsys: pytest.CaptureFixture[str]
) -> None:
    declared = props(granite())
    state = _made(declared)
    gateway.models[ID]["litellm_params"]["api_key"] = "sk-by-hand"
    for _ in range(2):
        state = _refreshed(state)
        assert changed(state, declared) == ["api_key"]
    said = capsys.readouterr().err
    assert "granite: the gateway has another api_key" in said
    assert "sk-" not in said
    PROVIDER.update(ID, state, declared)
    assert gateway.models[ID]["litellm_params"]["api_key"] == "sk-of-the-endpoint"


def test_a_context_length_that_is_no_longer_declared_goes(props: Props, gateway: FakeLiteLLM) -> None:
    # LiteLLM merges what it is told of a model, and cannot be told to forget it.
    state = _made(props(granite(context_length=8192)))
    PROVIDER.update(ID, state, props(granite()))
    assert "max_tokens" not in gateway.models[ID]["model_info"]


def test_a_deleted_model_is_gone_from_both_sides(props: Props, gateway: FakeLiteLLM, rows: Rows) -> None:
    PROVIDER.delete(ID, _made(props(granite())))
    assert (gateway.models, rows) == ({}, {})


@pytest.mark.parametrize(
    ("force", "told"),
    [(False, "its row is kept as 'unavailable'"), (True, "were deleted with it, as force_delete says")],
)
def test_what_becomes_of_a_row_that_users_hold_claims_on_is_said(
    props: Props,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    *,
    force: bool,
    told: str,
) -> None:
    state = _made(props(granite(force_delete=force)))
    monkeypatch.setattr(models_table, "remove", lambda *_, **__: 3)
    PROVIDER.delete(ID, state)
    said = capsys.readouterr().err
    assert said.startswith("granite: 3 subscriptions and keys of users ")
    assert told in said


def test_a_model_made_elsewhere_is_left_alone_with_its_row(
    props: Props, gateway: FakeLiteLLM, rows: Rows
) -> None:
    gateway.models["of-the-ui"] = {"model_name": "granite", "model_info": {"id": "of-the-ui"}}
    with pytest.raises(ModelCollision):
        PROVIDER.create(props(granite()))
    assert rows == {}


def test_an_adopted_model_keeps_its_id_and_loses_what_is_not_declared(
    props: Props, gateway: FakeLiteLLM, rows: Rows
) -> None:
    body = {"model_name": "granite", "litellm_params": {"stray": 1}, "model_info": {"id": "of-the-ui"}}
    gateway.models["of-the-ui"] = body
    declared = props(granite(adopt=True, rpm=5))
    made = PROVIDER.create(declared)
    assert made.id == rows["granite"]["litellm_model_id"] == "of-the-ui"
    assert set(gateway.models["of-the-ui"]["litellm_params"]) == {"model", "api_base", "api_key", "rpm"}
    state = dict(PROVIDER.read("of-the-ui", dict(made.outs or {})).outs or {})
    assert PROVIDER.diff("of-the-ui", state, declared).changes is False


def test_a_further_deployment_shares_the_name_and_leaves_the_row_to_the_first(
    props: Props, gateway: FakeLiteLLM, rows: Rows
) -> None:
    PROVIDER.create(props(granite()))
    second = PROVIDER.create(props(granite(deployment="second", rpm=5)))
    assert list(gateway.models) == [ID, second.id]
    assert rows["granite"]["rpm"] is None
    PROVIDER.delete(str(second.id), dict(second.outs or {}))
    assert (list(gateway.models), list(rows)) == ([ID], ["granite"])


def test_a_model_that_proves_not_to_answer_is_undone(props: Props, gateway: FakeLiteLLM, rows: Rows) -> None:
    gateway.answers_as = "another"
    with pytest.raises(ModelUnproven):
        PROVIDER.create(props(granite(prove=True)))
    assert (gateway.models, rows) == ({}, {})


def test_a_model_that_its_endpoint_does_not_serve_is_not_made(props: Props, gateway: FakeLiteLLM) -> None:
    with serving(lambda _: Answer(200, {"data": []})) as endpoint, pytest.raises(EndpointRefused):
        PROVIDER.create(props(granite(discover=True, api_base=f"{endpoint.url}/v1")))
    assert gateway.models == {}


def test_an_endpoint_that_cannot_be_asked_from_here_is_said_and_no_hindrance(
    props: Props, gateway: FakeLiteLLM, capsys: pytest.CaptureFixture[str]
) -> None:
    with serving(lambda _: Answer(404)) as endpoint:
        PROVIDER.create(props(granite(discover=True, api_base=f"{endpoint.url}/v1")))
    assert "it is registered all the same" in capsys.readouterr().err
    assert list(gateway.models) == [ID]


def test_an_endpoint_is_asked_again_only_when_another_model_of_it_is_called(props: Props) -> None:
    served = {"data": [{"id": "granite-3-2-8b-instruct"}]}
    with serving(lambda _: Answer(200, served)) as endpoint:
        there = {"discover": True, "api_base": f"{endpoint.url}/v1"}
        state = _made(props(granite(**there)))
        PROVIDER.update(ID, state, props(granite(**there, rpm=5)))
        assert len(endpoint.requests) == 1
        with pytest.raises(EndpointRefused):
            PROVIDER.update(ID, state, props(granite(**there, litellm_model="openai/other")))


def test_the_key_of_a_kubernetes_secret_is_never_in_state_and_shows_when_it_is_another(
    props: Props, api: FakeKubernetes, gateway: FakeLiteLLM
) -> None:
    api.put("secrets/keys", secret(granite="sk-first"))
    declared = props(granite(api_key=None, api_key_secret="keys/granite"))
    state = _made(declared)
    assert gateway.models[ID]["litellm_params"]["api_key"] == "sk-first"
    assert changed(_refreshed(state), declared) == []
    api.put("secrets/keys", secret(granite="sk-second"))
    state = _refreshed(state)
    assert changed(state, declared) == ["api_key_secret"]
    state = dict(PROVIDER.update(ID, state, declared).outs or {})
    assert gateway.models[ID]["litellm_params"]["api_key"] == "sk-second"
    assert "sk-" not in repr(_refreshed(state))


def test_a_missing_or_wrong_master_key_is_reported(props: Props, api: FakeKubernetes) -> None:
    api.put("secrets/litellm-secret", secret(LITELLM_MASTER_KEY="sk-wrong", LITELLM_SALT_KEY="s"))
    with pytest.raises(GatewayUnauthorized, match="LITELLM_MASTER_KEY of Secret litellm-secret"):
        PROVIDER.create(props(granite()))
    del api.objects["/api/v1/namespaces/litemaas/secrets/litellm-secret"]
    session.close_all()
    with pytest.raises(NotInCluster, match="Secret litellm-secret"):
        PROVIDER.create(props(granite()))


def test_the_state_holds_the_endpoints_key_where_it_is_secret_and_no_credential_of_ours(props: Props) -> None:
    state = _made(props(granite(api_key="sk-endpoint")))
    assert {name for name, value in state.items() if "sk-endpoint" in repr(value)} == {
        "api_key",
        "declared_secrets",
    }
    assert MASTER_KEY not in repr(state)
