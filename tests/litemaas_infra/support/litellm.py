"""LiteLLM's admin API as far as models go, answering as the real 1.108.7 was recorded to."""

import copy
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.litemaas_infra.support.web import Answer, Request

Respond = Callable[[], Answer]

MASTER_KEY = "sk-the-master-key"
EMPTY = {
    "detail": {
        "error": "LLM Model List not loaded in. Make sure you passed models in your config.yaml or on the "
        "LiteLLM Admin UI. - https://docs.litellm.ai/docs/proxy/configs"
    }
}


def refusal(message: str, code: int) -> Answer:
    """An error in LiteLLM's usual clothes; the code is a string in there."""
    error = {"message": message, "type": "invalid_request_error", "param": None, "code": str(code)}
    return Answer(code, {"error": error})


@dataclass
class FakeLiteLLM:
    """Call it with a request. `models` are what it has, by id, keys included, which it never tells."""

    version: str = "1.108.7"
    models: dict[str, dict[str, Any]] = field(default_factory=dict)
    first: list[Answer] = field(default_factory=list)
    """Answers to give, whatever is asked, before it behaves."""
    saved_only: bool = False
    """Whether a new model is saved, but not served before it is asked for twice."""
    answers_as: str | None = None
    """The id of the deployment that answers instead of the one that was asked."""
    _saved: list[dict[str, Any]] = field(default_factory=list)

    def __call__(self, request: Request) -> Answer:
        if self.first:
            return self.first.pop(0)
        if request.headers.get("Authorization") != f"Bearer {MASTER_KEY}":
            return refusal("Authentication Error, Invalid proxy server token passed.", 401)
        return self._routed(request.path, request.body)

    def _routed(self, path: str, body: Any) -> Answer:
        if path.startswith("/v1/"):
            return self._answer(body["model"])
        if path.endswith("/update"):
            return self._patch(path.split("/")[2], body)
        version = Answer(200, {"status": "healthy", "litellm_version": self.version})
        routes: dict[str, Respond] = {
            "/health/readiness/details": lambda: version,
            "/model/info": self._list,
            "/model/new": lambda: self._new(body),
            "/model/delete": lambda: self._delete(body["id"]),
        }
        return routes[path]()

    def _list(self) -> Answer:
        if self.models:
            return Answer(200, {"data": [_told(body) for body in self.models.values()]})
        for body in self._saved:
            self._serve(body)
        return Answer(500, EMPTY)

    def _new(self, body: dict[str, Any]) -> Answer:
        if body["model_info"]["id"] in self.models:
            return Answer(500, {"detail": {"error": "Failed to add model to db. Check your server logs."}})
        if self.saved_only:
            self._saved.append(body)
            return refusal("Model creation was saved to the database, but this pod lacks it", 500)
        self._serve(body)
        return Answer(200, {"model_id": body["model_info"]["id"]})

    def _patch(self, model_id: str, body: dict[str, Any]) -> Answer:
        if model_id not in self.models:
            return refusal(f"Model {model_id} not found on proxy.", 404)
        there = self.models[model_id]
        there["model_name"] = body["model_name"]
        there["litellm_params"].update(body["litellm_params"])
        there["model_info"].update(body["model_info"])
        if self.version >= "1.109":
            for name in body.get("litellm_params_to_remove", []):
                there["litellm_params"].pop(name, None)
        return Answer(200, {"model_id": model_id})

    def _delete(self, model_id: str) -> Answer:
        if self.models.pop(model_id, None) is None:
            return Answer(400, {"detail": {"error": f"Model with id={model_id} not found in db"}})
        return Answer(200, {"message": f"Model: {model_id} deleted successfully"})

    def _serve(self, body: dict[str, Any]) -> None:
        self.models[body["model_info"]["id"]] = copy.deepcopy(body)

    def _answer(self, model: str) -> Answer:
        if model not in self.models:
            return refusal(f"Invalid model name passed in model={model}", 400)
        return Answer(200, {"choices": []}, {"x-litellm-model-id": self.answers_as or model})


def _told(body: dict[str, Any]) -> dict[str, Any]:
    params = {name: value for name, value in body.get("litellm_params", {}).items() if name != "api_key"}
    return {**body, "litellm_params": params}
