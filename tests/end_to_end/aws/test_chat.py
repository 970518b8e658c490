"""Open WebUI turned on, off and on again, beside a gateway that stays as it is.

It is left turned on, for the end of the stack to remove it with its data.
"""

import hashlib
import json
from typing import Any

import pytest

from tests.end_to_end.support.documented import follow
from tests.end_to_end.support.gateway import Gateway, pods
from tests.end_to_end.support.pulumi import Stack
from tests.end_to_end.support.sandbox import NAMESPACE, found, inside, names, psql, secret, secrets

ADDRESS = "https://open-webui-litemaas.apps.sandbox.test"
APPS = {"open-webui", "open-webui-tika"}
MODELS = ["granite-3-2-8b-instruct", "mistral-7b-instruct"]
CLAIM = "open-webui-data"
SPENT = 1.25

pytestmark = pytest.mark.usefixtures("deployed")


class Chat:
    """The chat, in the hands of its administrator."""

    def __init__(self) -> None:
        password = secret("open-webui-secret")["WEBUI_ADMIN_PASSWORD"]
        login = {"email": "admin@localhost", "password": password}
        self.token = self.ask("/api/v1/auths/signin", login)["token"]

    def ask(self, path: str, body: object = None) -> Any:
        """Its answer, which must be no error."""
        known = ("-H", f"Authorization: Bearer {self.token}") if hasattr(self, "token") else ()
        content = () if body is None else ("-d", "@-")
        asked = inside(
            "curl", "-sS", "--fail-with-body", *known, *content, ADDRESS + path, stdin=json.dumps(body)
        )
        return json.loads(asked.succeeded().out)

    def titles(self) -> list[str]:
        """Of every chat."""
        return [chat["title"] for chat in self.ask("/api/v1/chats/")]


@pytest.fixture(scope="module")
def gateway() -> set[str]:
    """The gateway's pods, before there was a chat."""
    return pods()


@pytest.fixture(scope="module")
def chat(gateway: set[str]) -> Chat:
    """Turned on by the README's lines, used, and paid for."""
    assert gateway
    follow("## A chat in the browser")
    chat = Chat()
    chat.ask("/api/v1/chats/new", {"chat": {"title": "Hello"}})
    execute("open-webui", "sh", "-c", "echo uploaded > /data/uploads/letter")
    Gateway.deployed().ask("POST", "/key/update", {"key": token(), "spend": SPENT})
    return chat


def execute(app: str, *command: str) -> str:
    """What the command says in the app's pod."""
    return inside("oc", "exec", "-n", NAMESPACE, f"deployment/{app}", "--", *command).text


def token() -> str:
    key = secret("litellm-key-open-webui")["api_key"]
    return hashlib.sha256(key.encode()).hexdigest()


def key() -> dict[str, Any]:
    """What the gateway says of the chat's key."""
    info: dict[str, Any] = Gateway.deployed().ask("GET", f"/key/info?key={token()}")["info"]
    return info


def running() -> set[str]:
    return {item["metadata"]["name"] for item in found("deployments")["items"]} - {"litellm"}


def kept() -> dict[str, Any]:
    """What a chat that is turned off must leave."""
    info = key()
    return {
        "secrets": secrets(),
        "volume": found("pvc", CLAIM)["spec"]["volumeName"],
        "chats": psql("SELECT id, title FROM chat", database="open_webui"),
        "key": (info["key_alias"], info["spend"], info["max_budget"], info["created_at"]),
    }


def test_turned_on_it_lists_the_models_through_a_key_of_its_own(chat: Chat, gateway: set[str]) -> None:
    assert sorted(model["id"] for model in chat.ask("/api/models")["data"]) == MODELS
    assert kept()["key"][:3] == ("open-webui", SPENT, 100)
    assert running() == APPS
    assert pods() == gateway


def test_tika_reads_for_it_and_it_reaches_no_more_than_it_needs(chat: Chat) -> None:
    assert chat.token
    asked = "import os, urllib.request as u; print(u.urlopen(os.environ['TIKA_SERVER_URL'] + '/tika').read())"
    assert "This is Tika Server" in execute("open-webui", "python3.11", "-c", asked)
    models = "import socket; socket.create_connection(('model-endpoint.models.svc', 8000), 3)"
    assert "TimeoutError" in execute("open-webui", "python3.11", "-c", models)
    assert "TimeoutError" in execute("open-webui-tika", "python3.11", "-c", models)


def test_its_secrets_are_in_no_state_and_no_variable_and_nothing_drifts(stack: Stack, chat: Chat) -> None:
    state, declared = stack.export(), json.dumps(found("pods"))
    hidden = secrets()["open-webui-secret"]
    for value in (chat.token, hidden["password"], hidden["WEBUI_SECRET_KEY"], hidden["WEBUI_ADMIN_PASSWORD"]):
        assert value not in state
        assert value not in declared
    stack.unchanged()


def test_turned_off_it_is_gone_and_its_data_stays(stack: Stack, chat: Chat, gateway: set[str]) -> None:
    assert chat.titles() == ["Hello"]
    before = kept()
    stack.unset("chat")
    stack.up().succeeded()
    assert running() == set()
    assert key()["blocked"]
    assert names("routes") == {"route.route.openshift.io/litellm"}
    assert kept() == before
    assert pods() == gateway
    assert "open-webui" not in json.dumps(found("networkpolicies"))
    stack.unchanged()


def test_turned_on_again_everything_is_where_it_was(stack: Stack, chat: Chat) -> None:
    before = kept()
    stack.set("chat.enabled", "true")
    stack.set("chat.maxBudget", "100")
    stack.up().succeeded()
    assert running() == {"open-webui"}
    # The token is that of before: who was logged in, is.
    assert chat.titles() == ["Hello"]
    assert "uploaded" in execute("open-webui", "cat", "/data/uploads/letter")
    assert kept() == before
    assert not key()["blocked"]
