"""The gateway, asked from inside the sandbox, as its administrator or under a virtual key."""

import json
from dataclasses import dataclass
from typing import Any

from tests.end_to_end.support.sandbox import found, inside, secret


def pods() -> set[str]:
    """The gateway's pods that are there to stay, by their names."""
    return {one["name"] for one in _pods() if "deletionTimestamp" not in one}


def ending_pods() -> set[str]:
    """Those that are on their way out."""
    return {one["name"] for one in _pods()} - pods()


def _pods() -> list[dict[str, Any]]:
    metadata = [pod["metadata"] for pod in found("pods")["items"]]
    return [one for one in metadata if one["labels"]["app"] == "litellm"]


@dataclass(frozen=True)
class Gateway:
    """An address and the key to ask it with."""

    url: str
    key: str

    @classmethod
    def deployed(cls) -> "Gateway":
        """The one that is there, by its Route, under its master key."""
        return cls.at(f"https://{found('route', 'litellm')['spec']['host']}")

    @classmethod
    def at(cls, url: str) -> "Gateway":
        """The one that is there, by any address, under its master key."""
        return cls(url, secret("litellm-secret")["LITELLM_MASTER_KEY"])

    def ask(self, method: str, path: str, body: object = None) -> Any:
        """The gateway's answer, which must be no error."""
        request = ("curl", "--silent", "--show-error", "--fail-with-body", "-X", method, self.url + path)
        headers = ("-H", f"Authorization: Bearer {self.key}", "-H", "Content-Type: application/json")
        content = () if body is None else ("-d", "@-")
        return json.loads(inside(*request, *headers, *content, stdin=json.dumps(body)).succeeded().out)

    def models(self) -> dict[str, Any]:
        """Every deployment that the gateway serves, by its model_name."""
        return {model["model_name"]: model for model in self.ask("GET", "/model/info")["data"]}

    def virtual_key(self, **limits: int) -> "Gateway":
        """The gateway under a new virtual key."""
        return Gateway(self.url, self.ask("POST", "/key/generate", limits)["key"])

    def codes(self, model: str, times: int) -> list[str]:
        """The HTTP codes of as many answers of the model, one after the other."""
        body = json.dumps({"model": model, "messages": [{"role": "user", "content": "What is OpenShift?"}]})
        headers = ("-H", f"Authorization: Bearer {self.key}", "-H", "Content-Type: application/json")
        asking = ("curl", "-s", "-o", "/dev/null", "-w", "%{http_code}\\n", *headers, "-d", body)
        script = f'for _ in $(seq {times}); do "$@"; done'
        url = f"{self.url}/v1/chat/completions"
        return inside("sh", "-c", script, "sh", *asking, url).succeeded().out.split()

    def completes(self, model: str) -> str:
        """What the model answers."""
        messages = [{"role": "user", "content": "What is OpenShift?"}]
        answer = self.ask("POST", "/v1/chat/completions", {"model": model, "messages": messages})
        return str(answer["choices"][0]["message"]["content"])
