"""Answers in the shapes of OpenAI's API: whole, or in the chunks of a stream."""

import time
from collections.abc import Iterator
from typing import Any, Protocol
from uuid import uuid4

from .answers import Answer

Json = dict[str, Any]


class Shape(Protocol):
    """How one of the API's endpoints writes an answer."""

    def whole(self, answer: Answer) -> Json:
        """The response to a request without `stream`."""

    def chunks(self, answer: Answer) -> Iterator[Json]:
        """The events of the response to a request with it, save the usage."""


class Chat:
    """`/v1/chat/completions`."""

    def whole(self, answer: Answer) -> Json:
        """One message of the assistant's."""
        message = {"role": "assistant", "content": answer.text}
        choice = {"index": 0, "message": message, "logprobs": None, "finish_reason": answer.finish_reason}
        return {**_head("chat.completion", answer), "choices": [choice], "usage": answer.usage}

    def chunks(self, answer: Answer) -> Iterator[Json]:
        """The role, then the content by token, then why it ended."""
        head = _head("chat.completion.chunk", answer)
        yield {**head, "choices": [_delta({"role": "assistant", "content": ""})]}
        for token in answer.tokens:
            yield {**head, "choices": [_delta({"content": token})]}
        yield {**head, "choices": [_delta({}, answer.finish_reason)]}


class Completion:
    """`/v1/completions`."""

    def whole(self, answer: Answer) -> Json:
        """One text."""
        choice = _text(answer.text, answer.finish_reason)
        return {**_head("text_completion", answer), "choices": [choice], "usage": answer.usage}

    def chunks(self, answer: Answer) -> Iterator[Json]:
        """The text by token, the last with the reason why it ended."""
        head = _head("text_completion", answer)
        for token in answer.tokens:
            yield {**head, "choices": [_text(token)]}
        yield {**head, "choices": [_text("", answer.finish_reason)]}


def usage_chunk(answer: Answer, last: Json) -> Json:
    """The event with the usage that ends a stream on request: as the last one, but with no choice."""
    return {**last, "choices": [], "usage": answer.usage}


def model_list(models: tuple[str, ...]) -> Json:
    """`/v1/models`."""
    return {
        "object": "list",
        "data": [{"id": model, "object": "model", "created": 0, "owned_by": "sandbox"} for model in models],
    }


def error(message: str, kind: str, code: str) -> Json:
    """The body of every error."""
    return {"error": {"message": message, "type": kind, "param": None, "code": code}}


def _head(kind: str, answer: Answer) -> Json:
    # Equal answers are still different requests: a gateway keeps its spend logs by this id.
    return {"id": f"cmpl-{uuid4().hex}", "object": kind, "created": int(time.time()), "model": answer.model}


def _delta(delta: Json, reason: str | None = None) -> Json:
    return {"index": 0, "delta": delta, "logprobs": None, "finish_reason": reason}


def _text(text: str, reason: str | None = None) -> Json:
    return {"index": 0, "text": text, "logprobs": None, "finish_reason": reason}
