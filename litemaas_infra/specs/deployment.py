"""The model as LiteLLM keeps it: a deployment of the router."""

from collections.abc import Mapping
from typing import Any

from litemaas_infra import names
from litemaas_infra.specs.fields import Fields, whole
from litemaas_infra.specs.model import ModelSpec

_PARAMS = ("api_base", "rpm", "tpm")


def litellm_params(spec: ModelSpec) -> dict[str, Any]:
    """How the gateway reaches the endpoint, and the limits it keeps; nothing that is unset."""
    params = {
        "model": spec.litellm_model,
        "api_base": spec.api_base,
        "api_key": spec.api_key.get_secret_value(),
        "rpm": spec.rpm,
        "tpm": spec.tpm,
    }
    return {key: value for key, value in params.items() if value is not None}


def cleared_params(spec: ModelSpec) -> list[str]:
    """The parameters that must not be left from an earlier state of the deployment."""
    return [name for name in ("rpm", "tpm") if getattr(spec, name) is None]


def keeps_cleared_params(spec: ModelSpec, deployment: Mapping[str, Any]) -> bool:
    """Whether the deployment still has a parameter that is no longer wanted."""
    kept = deployment.get("litellm_params") or {}
    return any(kept.get(name) is not None for name in cleared_params(spec))


def model_info(spec: ModelSpec) -> dict[str, Any]:
    """What is known of the model; max_tokens is where the backend reads its context length."""
    info = {"id": names.model_id(spec.model_name), "max_tokens": spec.context_length}
    return {key: value for key, value in info.items() if value is not None}


def live_fields(deployment: Mapping[str, Any]) -> Fields:
    """The fields of ours that a deployment, as `/model/info` lists it, can tell."""
    params = deployment.get("litellm_params") or {}
    info = deployment.get("model_info") or {}
    told = {name: whole(params.get(name)) for name in _PARAMS}
    return {
        "model_name": deployment.get("model_name"),
        "litellm_model": params.get("model"),
        **told,
        "api_base": (told["api_base"] or "").rstrip("/") or None,
        "context_length": whole(info.get("max_tokens")),
    }
