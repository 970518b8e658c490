"""LiteLLM's admin API as far as virtual keys and teams go, answering as the real 1.108.7 was seen to."""

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlsplit

from litemaas_infra.specs.virtual_key import token
from tests.litemaas_infra.support.litellm import refusal
from tests.litemaas_infra.support.web import Answer, Request

PAGE = 2
"""Keys on a page of the list, however many are asked for."""


@dataclass
class FakeVirtualKeys:
    """Call it with a request. `keys` are what it has, by token, `teams` in any order."""

    keys: dict[str, dict[str, Any]] = field(default_factory=dict)
    teams: list[dict[str, Any]] = field(default_factory=list)
    makes: bool = True
    """Whether it makes new ones."""

    def put(self, value: str, **told: Any) -> str:
        """Have the key of that value; gives its token."""
        self.keys[token(value)] = {"token": token(value), "spend": 0.0, "models": [], **told}
        return token(value)

    def of(self, alias: str) -> dict[str, Any]:
        """The key of that alias."""
        return next(key for key in self.keys.values() if key.get("key_alias") == alias)

    def __call__(self, request: Request) -> Answer:
        url = urlsplit(request.path)
        query = {name: values[0] for name, values in parse_qs(url.query).items()}
        if url.path == "/key/list":
            return self._list(int(query["page"]))
        if url.path == "/v2/team/list":
            return Answer(200, {"teams": self.teams, "total_pages": 1})
        if url.path == "/key/info":
            found = self.keys.get(query["key"])
            return Answer(200, {"info": found}) if found else refusal("Key not found", 404)
        if url.path == "/key/update":
            self.keys[request.body["key"]].update(request.body)
            return Answer(200, {})
        return self._generate(request.body)

    def _list(self, page: int) -> Answer:
        every = list(self.keys.values())
        shown = every[(page - 1) * PAGE : page * PAGE]
        return Answer(200, {"keys": shown, "total_pages": -(-len(every) // PAGE), "current_page": page})

    def _generate(self, body: dict[str, Any]) -> Answer:
        if not self.makes:
            return refusal("Budget is not to be had", 400)
        if any(key.get("key_alias") == body["key_alias"] for key in self.keys.values()):
            return refusal(f"Key with alias '{body['key_alias']}' already exists.", 400)
        self.put(**{"value": body["key"], **{name: told for name, told in body.items() if name != "key"}})
        return Answer(200, {"key": body["key"]})
