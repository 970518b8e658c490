"""LiteMaaS's backend and frontend turned on, off and on again, beside a gateway that stays as it is."""

import json
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.end_to_end.support.documented import follow
from tests.end_to_end.support.gateway import Gateway
from tests.end_to_end.support.people import People
from tests.end_to_end.support.pulumi import Stack
from tests.end_to_end.support.sandbox import NAMESPACE, found, inside, names, oc, psql, secrets

ADDRESS = "https://litemaas-litemaas.apps.sandbox.test"
APPS = {"litemaas-backend", "litemaas-frontend"}
MODELS = ["granite-3-2-8b-instruct", "mistral-7b-instruct"]

pytestmark = pytest.mark.usefixtures("no_row_is_lost")


@pytest.fixture(scope="module")
def before() -> dict[str, Any]:
    return kept()


def kept() -> dict[str, Any]:
    """What a backend that comes or goes must leave: the gateway's pod, models, rows, and every Secret."""
    pods = found("pods")["items"]
    gateway = [p["metadata"]["uid"] for p in pods if p["metadata"]["labels"]["app"] == "litellm"]
    registered = {name: model["model_info"]["id"] for name, model in Gateway.deployed().models().items()}
    rows = psql("SELECT id, created_at, availability, description FROM models ORDER BY id")
    return {"gateway": gateway, "registered": registered, "rows": rows, "secrets": secrets()}


def asked(path: str, *arguments: str) -> Any:
    """The answer at the host of both, which must be no error."""
    return json.loads(inside("curl", "-sS", "--fail-with-body", *arguments, ADDRESS + path).succeeded().out)


def running() -> set[str]:
    return {item["metadata"]["name"] for item in found("deployments")["items"]} - {"litellm"}


def test_the_readme_s_lines_turn_them_on(before: dict[str, Any]) -> None:
    assert before["rows"]
    follow("## LiteMaaS with its backend and frontend")


def test_the_frontend_and_the_backend_answer_at_their_routes(stack: Stack) -> None:
    page = inside("curl", "-sS", "--fail", ADDRESS).succeeded().out
    assert "<title>LiteMaaS</title>" in page
    assert asked("/api/v1/health/ready") == {"ready": True}
    outputs = stack.outputs()
    assert (outputs["frontend_url"], outputs["backend_url"]) == (ADDRESS, f"{ADDRESS}/api")


def test_the_backend_lists_the_models_that_are_declared() -> None:
    listed = asked("/api/v1/models")["data"]
    assert sorted(model["id"] for model in listed) == MODELS


def test_its_first_sync_found_every_model_and_retired_none(before: dict[str, Any]) -> None:
    assert "2 updated, 0 unavailable" in oc("logs", "-n", NAMESPACE, "deployment/litemaas-backend")
    assert kept()["rows"] == before["rows"]


def test_a_key_of_before_opens_what_it_opened(people: People) -> None:
    assert people.holder.completes(MODELS[0]).startswith(f"This is {MODELS[0]}.")


def test_users_are_sent_to_openshift_and_back_to_where_they_came_from() -> None:
    (client,) = json.loads(oc("get", "oauthclients", "-o", "json"))["items"]
    assert client["metadata"]["name"] == "litemaas-litemaas"
    assert client["redirectURIs"] == [f"{ADDRESS}/api/auth/callback"]
    assert client["secret"] == secrets()["backend-secret"]["OAUTH_CLIENT_SECRET"]
    login = urlsplit(asked("/api/auth/login", "-X", "POST")["authUrl"])
    assert login.netloc == "oauth-openshift.apps.sandbox.test"
    assert parse_qs(login.query)["redirect_uri"] == client["redirectURIs"]
    assert parse_qs(login.query)["client_id"] == ["litemaas-litemaas"]


def test_a_restart_of_the_backend_leaves_nothing_to_mend(stack: Stack) -> None:
    oc("delete", "pod", "-n", NAMESPACE, "-l", "app=litemaas-backend")
    oc("rollout", "status", "-n", NAMESPACE, "deployment/litemaas-backend", "--timeout=60s", timeout=90)
    stack.unchanged()


def test_it_reaches_no_more_than_it_needs() -> None:
    direct = "import socket; socket.create_connection(('litemaas-postgres', 5432), 3)"
    refused = (
        "oc",
        "exec",
        "-n",
        NAMESPACE,
        "deployment/litemaas-frontend",
        "--",
        "python3.11",
        "-c",
        direct,
    )
    assert "TimeoutError" in inside(*refused).text


def test_its_secrets_are_in_no_state_and_no_variable(stack: Stack) -> None:
    state, pods = stack.export(), json.dumps(found("pods"))
    for key, value in secrets()["backend-secret"].items():
        assert value not in state, key
        assert value not in pods, key


def test_turned_off_they_are_gone_and_all_else_stays(stack: Stack, before: dict[str, Any]) -> None:
    with_keys = secrets()
    stack.set("backend.kind", "none")
    stack.up().succeeded()
    assert running() == set()
    assert names("oauthclients") == set()
    assert names("routes") == {"route.route.openshift.io/litellm"}
    assert kept() == {**before, "secrets": with_keys}


def test_turned_on_again_they_have_their_keys_and_no_model_is_registered_anew(
    stack: Stack, before: dict[str, Any]
) -> None:
    with_keys = secrets()
    stack.set("backend.kind", "own")
    done = stack.up().succeeded()
    assert running() == APPS
    assert sorted(model["id"] for model in asked("/api/v1/models")["data"]) == MODELS
    assert kept() == {**before, "secrets": with_keys}
    assert "Model" not in [line.split()[2] for line in done.out.splitlines() if " created " in line]
    stack.unset("backend")
    stack.up().succeeded()
    oc("delete", "secret", "-n", NAMESPACE, "backend-secret")
    stack.unchanged()
