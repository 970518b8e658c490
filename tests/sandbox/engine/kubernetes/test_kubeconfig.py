"""Which cluster a kubeconfig names, and how its user proves who it is."""

import base64
import json
import os
import ssl
import sys
from pathlib import Path
from typing import Any

import httpx
import pytest
import yaml

from sandbox.engine.kubernetes.credentials import credentials
from sandbox.engine.kubernetes.errors import UnreachableError
from sandbox.engine.kubernetes.kubeconfig import access, select


def config(server: str = "https://one.test:6443", **user: Any) -> dict[str, Any]:
    return {
        "current-context": "one",
        "contexts": [
            {"name": "one", "context": {"cluster": "one", "user": "me", "namespace": "shop"}},
            {"name": "two", "context": {"cluster": "two", "user": "me"}},
        ],
        "clusters": [
            {"name": "one", "cluster": {"server": server}},
            {"name": "two", "cluster": {"server": "https://two.test"}},
        ],
        "users": [{"name": "me", "user": user}],
    }


def text(**user: Any) -> str:
    return yaml.safe_dump(config(**user))


@pytest.mark.parametrize(
    ("context", "server", "namespace"),
    [("", "https://one.test:6443", "shop"), ("two", "https://two.test", "default")],
)
def test_the_context_selects_server_and_namespace(context: str, server: str, namespace: str) -> None:
    found = access(text(), context=context)
    assert (found.server, found.namespace) == (server, namespace)


def test_the_cluster_may_be_chosen_alone() -> None:
    assert access(text(), cluster="two").server == "https://two.test"


def test_contents_as_json_are_taken_too() -> None:
    assert access(json.dumps(config())).namespace == "shop"


def test_a_path_is_taken_and_what_it_names_is_relative_to_it(tmp_path: Path) -> None:
    (tmp_path / "token").write_text("hush\n")
    (tmp_path / "config").write_text(text(tokenFile="token"))
    assert sent_by(access(str(tmp_path / "config")).auth) == "Bearer hush"


def test_the_environment_names_one_or_several(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    other = {**config("https://other.test"), "current-context": "two"}
    (tmp_path / "a").write_text(yaml.safe_dump({"current-context": "one"}))
    (tmp_path / "b").write_text(yaml.safe_dump(other))
    monkeypatch.setenv("KUBECONFIG", f"{tmp_path / 'a'}{os.pathsep}{tmp_path / 'b'}")
    assert access("").server == "https://other.test"


@pytest.mark.parametrize(
    ("given", "context", "message"),
    [
        ("/nowhere/config", "", "there is no kubeconfig at /nowhere/config"),
        ("a: [\n", "", "the kubeconfig given to the provider is not YAML: line"),
        ("just\ntext", "", "is not a kubeconfig"),
        (text(), "three", "has no context 'three'; it has: one, two"),
        ("{}", "", "has no current context"),
    ],
)
def test_what_is_wrong_with_it_is_told(given: str, context: str, message: str) -> None:
    with pytest.raises(UnreachableError, match=message):
        select(given, context=context)


def test_a_broken_kubeconfig_is_not_quoted() -> None:
    with pytest.raises(UnreachableError) as raised:
        select("users: [{token: hush-hush\n")
    assert "hush" not in str(raised.value)


def test_a_certificate_that_is_none_is_told() -> None:
    encoded = base64.b64encode(b"no certificate").decode()
    with pytest.raises(UnreachableError, match="the kubeconfig cannot be used"):
        access(text(**{"client-certificate-data": encoded, "client-key-data": encoded}))


def test_keys_and_tokens_stay_out_of_what_is_printed() -> None:
    assert "hush" not in repr(access(text(token="hush")))


def test_a_server_may_be_trusted_blindly() -> None:
    blind = config()
    blind["clusters"][0]["cluster"]["insecure-skip-tls-verify"] = True
    assert access(yaml.safe_dump(blind)).tls.verify_mode is ssl.CERT_NONE


def sent_by(auth: httpx.Auth | None, *, refuse_first: bool = False) -> str:
    seen: list[str] = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(request.headers.get("Authorization", ""))
        return httpx.Response(401 if refuse_first and len(seen) == 1 else 200)

    with httpx.Client(transport=httpx.MockTransport(answer), auth=auth) as client:
        client.get("http://one.test")
    return seen[-1]


@pytest.mark.parametrize(
    ("user", "expected"),
    [
        ({"token": "hush"}, "Bearer hush"),
        ({"username": "me", "password": "x"}, f"Basic {base64.b64encode(b'me:x').decode()}"),
        ({}, ""),
    ],
)
def test_the_user_proves_who_it_is(user: dict[str, Any], expected: str) -> None:
    assert sent_by(credentials(user, Path())) == expected


HELPER = """
import json, os, pathlib, sys
asked = json.loads(os.environ["KUBERNETES_EXEC_INFO"])
count = pathlib.Path(sys.argv[1])
count.write_text(count.read_text() + "x" if count.exists() else "x")
token = f"{os.environ['PREFIX']}-{len(count.read_text())}"
print(json.dumps({"apiVersion": asked["apiVersion"], "status": {"token": token}}))
"""


def helper(tmp_path: Path) -> dict[str, Any]:
    (tmp_path / "helper.py").write_text(HELPER)
    return {
        "exec": {
            "apiVersion": "client.authentication.k8s.io/v1",
            "command": sys.executable,
            "args": [str(tmp_path / "helper.py"), str(tmp_path / "count")],
            "env": [{"name": "PREFIX", "value": "token"}],
        }
    }


def test_a_helper_hands_out_a_token_that_is_used_again(tmp_path: Path) -> None:
    auth = credentials(helper(tmp_path), tmp_path)
    assert [sent_by(auth), sent_by(auth)] == ["Bearer token-1", "Bearer token-1"]


def test_a_helper_is_asked_again_when_its_token_is_refused(tmp_path: Path) -> None:
    assert sent_by(credentials(helper(tmp_path), tmp_path), refuse_first=True) == "Bearer token-2"


def test_a_helper_that_is_missing_is_told() -> None:
    auth = credentials({"exec": {"apiVersion": "v1", "command": "/nowhere/helper"}}, Path())
    with pytest.raises(
        UnreachableError, match="`/nowhere/helper`, which the kubeconfig names, gave no token"
    ):
        sent_by(auth)
