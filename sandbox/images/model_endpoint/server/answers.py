"""What the models answer, and how much of it there is: no state, no chance, the same every time."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

DEFAULT_MAX_TOKENS = 4096


class BadRequestError(Exception):
    """The request's body is not one that the API describes; the message says what to change."""


@dataclass(frozen=True)
class Answer:
    """A model's answer to a prompt, as tokens: here, words with the space before them."""

    model: str
    prompt_tokens: int
    tokens: tuple[str, ...]
    finish_reason: str

    @property
    def text(self) -> str:
        """The whole answer."""
        return "".join(self.tokens)

    @property
    def usage(self) -> dict[str, int]:
        """What a gateway counts and charges."""
        completion = len(self.tokens)
        return {
            "prompt_tokens": self.prompt_tokens,
            "completion_tokens": completion,
            "total_tokens": self.prompt_tokens + completion,
        }


def answer_chat(body: Mapping[str, Any]) -> Answer:
    """The answer to a chat's last message. Raises BadRequestError."""
    messages = body.get("messages")
    if not isinstance(messages, list) or not messages or not all(isinstance(one, dict) for one in messages):
        raise BadRequestError("'messages' must be a list with at least one message")
    texts = [_read_content(message.get("content")) for message in messages]
    return _answer(body, texts)


def answer_prompt(body: Mapping[str, Any]) -> Answer:
    """The answer to a plain prompt. Raises BadRequestError."""
    prompt = body.get("prompt")
    if isinstance(prompt, list) and len(prompt) == 1:
        [prompt] = prompt
    if not isinstance(prompt, str):
        raise BadRequestError("'prompt' must be a string")
    return _answer(body, [prompt])


def _answer(body: Mapping[str, Any], texts: Sequence[str]) -> Answer:
    tokens = tuple(_split(f"This is {body['model']}. You said: {texts[-1]}"))
    limit = _read_limit(body)
    reason = "length" if len(tokens) > limit else "stop"
    return Answer(body["model"], sum(len(text.split()) for text in texts), tokens[:limit], reason)


def _split(text: str) -> Iterator[str]:
    for position, word in enumerate(text.split()):
        yield word if position == 0 else f" {word}"


def _read_content(content: Any) -> str:
    if isinstance(content, str):
        return content
    if isinstance(content, list):  # parts, of which only text is read
        return " ".join(part.get("text", "") for part in content if isinstance(part, dict))
    raise BadRequestError("a message's 'content' must be a string or a list of parts")


def _read_limit(body: Mapping[str, Any]) -> int:
    limit = body.get("max_completion_tokens", body.get("max_tokens"))
    if limit is None:
        return DEFAULT_MAX_TOKENS
    if not isinstance(limit, int) or limit < 1:
        raise BadRequestError("'max_tokens' must be an integer of at least 1")
    return limit
