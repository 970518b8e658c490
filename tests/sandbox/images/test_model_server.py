import json
import threading
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from sandbox.images.model_endpoint.server.server import make_server

KEY = "sk-model"
MODELS = ("granite", "mistral")
CHAT = {"model": "granite", "messages": [{"role": "user", "content": "hello out there"}]}


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    server = make_server(("127.0.0.1", 0), KEY, MODELS)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def client(url: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=url, headers={"Authorization": f"Bearer {KEY}"}) as client:
        yield client


def test_health_needs_no_key(url: str) -> None:
    assert httpx.get(f"{url}/health").json() == {"status": "ok"}


@pytest.mark.parametrize("headers", [{}, {"Authorization": "Bearer wrong"}, {"Authorization": KEY[:-1]}])
def test_everything_else_does(url: str, headers: dict[str, str]) -> None:
    listed = httpx.get(f"{url}/v1/models", headers=headers)
    asked = httpx.post(f"{url}/v1/chat/completions", headers=headers, json=CHAT)
    assert (listed.status_code, asked.status_code) == (401, 401)
    assert listed.json()["error"]["code"] == "invalid_api_key"


def test_the_models_are_listed(client: httpx.Client) -> None:
    listed = client.get("/v1/models").json()
    assert [model["id"] for model in listed["data"]] == list(MODELS)


def test_a_chat_is_answered_by_the_model_it_names(client: httpx.Client) -> None:
    answer = client.post("/v1/chat/completions", json=CHAT).json()
    [choice] = answer["choices"]
    assert choice["message"] == {
        "role": "assistant",
        "content": "This is granite. You said: hello out there",
    }
    assert choice["finish_reason"] == "stop"
    assert answer["usage"] == {"prompt_tokens": 3, "completion_tokens": 8, "total_tokens": 11}


def test_the_same_question_gets_the_same_answer_under_another_id(client: httpx.Client) -> None:
    first, second = (client.post("/v1/chat/completions", json=CHAT).json() for _ in range(2))
    assert first["choices"] == second["choices"]
    assert first["id"] != second["id"]


def test_content_may_come_in_parts(client: httpx.Client) -> None:
    parts = [{"type": "text", "text": "hello"}]
    answer = client.post("/v1/chat/completions", json={**CHAT, "messages": [{"content": parts}]}).json()
    assert answer["choices"][0]["message"]["content"].endswith("hello")


@pytest.mark.parametrize("prompt", ["hello", ["hello"]])
def test_a_prompt_is_completed(client: httpx.Client, prompt: Any) -> None:
    answer = client.post("/v1/completions", json={"model": "mistral", "prompt": prompt}).json()
    assert answer["object"] == "text_completion"
    assert answer["choices"][0]["text"] == "This is mistral. You said: hello"


@pytest.mark.parametrize("limit", ["max_tokens", "max_completion_tokens"])
def test_an_answer_is_cut_at_the_limit_and_says_so(client: httpx.Client, limit: str) -> None:
    answer = client.post("/v1/chat/completions", json={**CHAT, limit: 2}).json()
    [choice] = answer["choices"]
    assert (choice["message"]["content"], choice["finish_reason"]) == ("This is", "length")
    assert answer["usage"]["completion_tokens"] == 2


def test_a_streamed_chat_adds_up_to_the_whole_one(client: httpx.Client) -> None:
    chunks = _stream(client, "/v1/chat/completions", CHAT)
    whole = client.post("/v1/chat/completions", json=CHAT).json()
    deltas = [chunk["choices"][0]["delta"] for chunk in chunks]
    assert deltas[0]["role"] == "assistant"
    content = whole["choices"][0]["message"]["content"]
    assert "".join(delta.get("content", "") for delta in deltas) == content
    assert [chunk["choices"][0]["finish_reason"] for chunk in chunks][-2:] == [None, "stop"]
    assert len({chunk["id"] for chunk in chunks}) == 1


def test_a_streamed_completion_adds_up_to_the_whole_one(client: httpx.Client) -> None:
    body = {"model": "granite", "prompt": "hello"}
    chunks = _stream(client, "/v1/completions", body)
    whole = client.post("/v1/completions", json=body).json()
    assert "".join(chunk["choices"][0]["text"] for chunk in chunks) == whole["choices"][0]["text"]


def test_a_stream_ends_with_the_usage_when_asked_to(client: httpx.Client) -> None:
    *_, last = _stream(client, "/v1/chat/completions", {**CHAT, "stream_options": {"include_usage": True}})
    assert last["choices"] == []
    assert last["usage"]["total_tokens"] == 11


def test_an_unknown_model_is_not_found(client: httpx.Client) -> None:
    answer = client.post("/v1/chat/completions", json={**CHAT, "model": "other"})
    assert (answer.status_code, answer.json()["error"]["code"]) == (404, "model_not_found")


def test_an_unknown_path_is_not_found(client: httpx.Client) -> None:
    assert client.get("/v1/other").status_code == 404
    assert client.post("/v1/embeddings", json=CHAT).status_code == 404


@pytest.mark.parametrize(
    ("path", "content", "named"),
    [
        ("/v1/chat/completions", "{", "not JSON"),
        ("/v1/chat/completions", "[]", "'model'"),
        ("/v1/chat/completions", '{"model": 1}', "'model'"),
        ("/v1/chat/completions", '{"model": "granite"}', "'messages'"),
        ("/v1/chat/completions", '{"model": "granite", "messages": [{"content": 1}]}', "'content'"),
        ("/v1/completions", '{"model": "granite", "prompt": 1}', "'prompt'"),
        ("/v1/completions", '{"model": "granite", "prompt": "a", "max_tokens": 0}', "'max_tokens'"),
    ],
)
def test_a_malformed_body_is_refused_by_name(
    client: httpx.Client, path: str, content: str, named: str
) -> None:
    answer = client.post(path, content=content)
    assert answer.status_code == 400
    assert named in answer.json()["error"]["message"]


def test_the_server_goes_on_after_a_refusal_on_the_same_connection(client: httpx.Client) -> None:
    client.post("/v1/chat/completions", content="{")
    assert client.post("/v1/chat/completions", json=CHAT).status_code == 200


def _stream(client: httpx.Client, path: str, body: dict[str, Any]) -> list[dict[str, Any]]:
    with client.stream("POST", path, json={**body, "stream": True}) as answer:
        assert answer.headers["content-type"] == "text/event-stream"
        events = [line.removeprefix("data: ") for line in answer.iter_lines() if line]
    assert events.pop() == "[DONE]"
    return [json.loads(event) for event in events]
