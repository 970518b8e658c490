"""LiteLLM's admin API, as far as models go.

Its behaviour, where it is not what its documentation says, was seen on the real gateway; the comments
name what was seen.
"""

import time
from collections.abc import Mapping
from typing import Any, Final

import httpx

from litemaas_infra import names
from litemaas_infra.clients.wire import PATIENCE, PAUSE, Wire
from litemaas_infra.errors import GatewayError, ModelCollision
from litemaas_infra.specs.deployment import cleared_params, keeps_cleared_params, litellm_params, model_info
from litemaas_infra.specs.model import ModelSpec

Deployment = Mapping[str, Any]
"""A deployment as `/model/info` lists it."""

OVERLAP: Final = 3.0
"""Seconds after which a model that someone else is making at the same time is served."""

_NO_MODELS: Final = "not loaded"
"""Part of what a gateway without a single model answers, with status 500, when asked for its models."""


class Gateway:
    """What a LiteLLM gateway serves."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    def deployments(self) -> list[Deployment]:
        """Every deployment the gateway serves; an empty gateway has none. Raises GatewayError."""
        response = self._wire.send("GET", "/model/info")
        if response.status_code == httpx.codes.INTERNAL_SERVER_ERROR and _NO_MODELS in response.text:
            return []
        return self._wire.listed(response)

    def find(self, model_id: str) -> Deployment | None:
        """The deployment of that id, if the gateway serves it."""
        return next((d for d in self.deployments() if _id(d) == model_id), None)

    def register(self, spec: ModelSpec) -> None:
        """Make the model, or make the one of its id what the spec says; safe to repeat.

        Raises ModelCollision when the name belongs to a model made elsewhere: a second deployment
        under one name would share its requests.
        """
        self._wire.keep_secret(spec.api_key.get_secret_value())
        existing = self.deployments()
        if any(_id(d) == names.model_id(spec.model_name) for d in existing):
            self._change(spec)
        else:
            _refuse_collision(spec, existing)
            self._create(spec)
        if keeps_cleared_params(spec, self._await_served(spec)):
            # LiteLLM before 1.109 takes no parameter out again, so the deployment is made anew, under its id.
            self.forget(names.model_id(spec.model_name))
            self._create(spec)
            self._await_served(spec)

    def forget(self, model_id: str) -> None:
        """Delete the deployment of that id; no error if there is none."""
        response = self._wire.send("POST", "/model/delete", {"id": model_id})
        missing = response.status_code in (httpx.codes.BAD_REQUEST, httpx.codes.NOT_FOUND)
        if not (missing and "not found" in response.text):
            self._wire.accepted(response)

    def _create(self, spec: ModelSpec) -> None:
        response = self._wire.send("POST", "/model/new", _body(spec))
        # LiteLLM answers 500 also when it has saved the model and does not serve it yet, and when it was
        # asked twice, because the router gave up on the first answer or another run is making it too.
        if response.status_code == httpx.codes.INTERNAL_SERVER_ERROR and (
            "was saved" in response.text or self._served(spec, OVERLAP)
        ):
            return
        self._wire.accepted(response)

    def _change(self, spec: ModelSpec) -> None:
        # A parameter left out stays as it was, so one that is no longer wanted is named.
        body = {**_body(spec), "litellm_params_to_remove": cleared_params(spec)}
        self._wire.accepted(
            self._wire.send("PATCH", f"/model/{names.model_id(spec.model_name)}/update", body)
        )

    def _await_served(self, spec: ModelSpec) -> Deployment:
        served = self._served(spec, PATIENCE)
        if served is None:
            raise GatewayError(
                f"the gateway saved model {spec.model_name!r} but does not serve it "
                f"after {PATIENCE:.0f} s; its log says why: oc logs deployment/litellm"
            )
        return served

    def _served(self, spec: ModelSpec, patience: float) -> Deployment | None:
        """The model's deployment as soon as there is one; None when the seconds have passed without."""
        deadline = time.monotonic() + patience
        while (served := self.find(names.model_id(spec.model_name))) is None and time.monotonic() < deadline:
            time.sleep(PAUSE)
        return served


def _refuse_collision(spec: ModelSpec, existing: list[Deployment]) -> None:
    others = [_id(d) for d in existing if d.get("model_name") == spec.model_name]
    if others:
        raise ModelCollision(
            f"the gateway already serves a model {spec.model_name!r} that this stack did not make "
            f"(id {', '.join(others)}); delete it in the admin UI, or choose another model_name"
        )


def _body(spec: ModelSpec) -> dict[str, Any]:
    return {
        "model_name": spec.model_name,
        "litellm_params": litellm_params(spec),
        "model_info": model_info(spec),
    }


def _id(deployment: Deployment) -> str:
    return str((deployment.get("model_info") or {}).get("id"))
