"""LiteLLM's admin API, as far as models go.

Its behaviour, where it is not what its documentation says, was seen on the real gateway; the comments
name what was seen.
"""

import time
from collections.abc import Collection, Mapping
from functools import cached_property
from typing import Any, Final

import httpx

from litemaas_infra.clients.dialect import Dialect
from litemaas_infra.clients.wire import PATIENCE, PAUSE, Wire
from litemaas_infra.errors import ModelUnproven
from litemaas_infra.specs.deployment import Deployment

Served = Mapping[str, Any]
"""A deployment as `/model/info` lists it."""

OVERLAP: Final = 3.0
"""Seconds after which a model that someone else is making at the same time is served."""

_NO_MODELS: Final = "not loaded"
"""Part of what a gateway without a single model answers, with status 500, when asked for its models."""

_UNPROVEN: Final = "correct litellm_model, api_base or api_key, or set the model's `prove` to false"


class Gateway:
    """What a LiteLLM gateway serves."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    @cached_property
    def dialect(self) -> Dialect:
        """How this gateway's version wants to be spoken to."""
        return Dialect.of(self._version("/health/readiness/details") or self._version("/health/readiness"))

    def served(self) -> dict[str, Served]:
        """Every deployment the gateway serves, by id; an empty gateway has none. Raises GatewayError."""
        response = self._wire.send("GET", "/model/info")
        if response.status_code == httpx.codes.INTERNAL_SERVER_ERROR and _NO_MODELS in response.text:
            return {}
        return {str((d.get("model_info") or {}).get("id")): d for d in self._wire.listed(response)}

    def create(self, wanted: Deployment) -> None:
        """Make the deployment. Safe to repeat: there is never a second one of its id."""
        response = self._wire.send("POST", "/model/new", self._body(wanted))
        # LiteLLM answers 500 also when it has saved the model and does not serve it yet, and when it was
        # asked twice, because the router gave up on the first answer or another run is making it too.
        if response.status_code == httpx.codes.INTERNAL_SERVER_ERROR and (
            "was saved" in response.text or wanted.id in self.comes_to_serve([wanted.id], OVERLAP)
        ):
            return
        self._wire.accepted(response)

    def change(self, stored: Deployment, wanted: Deployment) -> None:
        """Make the stored deployment the wanted one, writing only what differs; nothing if nothing does."""
        changes, surplus = stored.changes(wanted), stored.surplus(wanted)
        if surplus and not self.dialect.removes_params:
            self.replace(wanted)
        elif changes or surplus:
            body = {**self._body(changes or stored.unchanged(wanted)), **self.dialect.removal(surplus)}
            self._wire.accepted(self._wire.send("PATCH", f"/model/{wanted.id}/update", body))

    def replace(self, wanted: Deployment) -> None:
        """Make the deployment anew under its id, for what LiteLLM cannot take back."""
        self.forget(wanted.id)
        self.create(wanted)

    def forget(self, model_id: str) -> None:
        """Delete the deployment of that id; no error if there is none."""
        response = self._wire.send("POST", "/model/delete", {"id": model_id})
        missing = response.status_code in (httpx.codes.BAD_REQUEST, httpx.codes.NOT_FOUND)
        if not (missing and "not found" in response.text):
            self._wire.accepted(response)

    def comes_to_serve(self, wanted: Collection[str], patience: float = PATIENCE) -> frozenset[str]:
        """The ids it serves, as soon as the wanted ones are among them, or after so many seconds."""
        deadline = time.monotonic() + patience
        while not (there := self.served().keys()) >= set(wanted) and time.monotonic() < deadline:
            time.sleep(PAUSE)
        return frozenset(there)

    def prove(self, deployment: Deployment) -> None:
        """Ask this very deployment for one token. Raises ModelUnproven with what it says instead."""
        path, body = _question(str(deployment.info.get("mode") or "chat"))
        # LiteLLM takes an id for a model's name, and then no other deployment of that name answers.
        response = self._wire.send("POST", path, {"model": deployment.id, **body})
        by = response.headers.get("x-litellm-model-id")
        if response.is_error:
            raise ModelUnproven(
                f"model {deployment.model_name!r} {self._wire.refusal(response)}; {_UNPROVEN}"
            )
        if by != deployment.id:
            raise ModelUnproven(f"deployment {by} answered for {deployment.model_name!r}; {_UNPROVEN}")

    def _version(self, path: str) -> str | None:
        # It moved behind the login with the path, some time after 1.81.
        response = self._wire.send("GET", path)
        try:
            return str(response.json()["litellm_version"])
        except (ValueError, TypeError, KeyError):
            return None

    def _body(self, wanted: Deployment) -> dict[str, Any]:
        for secret in wanted.secrets:
            self._wire.keep_secret(secret)
        return {
            "model_name": wanted.model_name,
            "litellm_params": dict(wanted.params),
            "model_info": dict(wanted.info),
        }


def _question(mode: str) -> tuple[str, dict[str, Any]]:
    """Where and what to ask a model of that mode, as briefly as it can be asked."""
    if mode == "embedding":
        return "/v1/embeddings", {"input": "Hello"}
    if mode == "completion":
        return "/v1/completions", {"prompt": "Hello", "max_tokens": 1}
    return "/v1/chat/completions", {"messages": [{"role": "user", "content": "Hello"}], "max_tokens": 1}
