"""LiteLLM's config.yaml, typed where a mistake is likely; the rest is passed on as it is."""

from collections.abc import Mapping
from typing import Annotated, Any, Final, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    ValidatorFunctionWrapHandler,
    WrapValidator,
)

from litemaas_infra.specs.values import ENVIRONMENT, CalledModel, Limit, ModelEndpoint, Name


def _or_variable(value: Any, check: ValidatorFunctionWrapHandler) -> Any:
    # What a variable of the pod holds, only the pod knows.
    return value if isinstance(value, str) and value.startswith(ENVIRONMENT) else check(value)


def _single(fallback: Mapping[str, Any]) -> Mapping[str, Any]:
    if len(fallback) != 1:
        raise ValueError("is not one model with its list of others; begin a line with - for each model")
    return fallback


_VARIABLE: Final = WrapValidator(_or_variable)
Number = Annotated[Limit, _VARIABLE]
Seconds = Annotated[float, Field(gt=0, allow_inf_nan=False), _VARIABLE]
Truth = Annotated[bool, _VARIABLE]
Fallback = Annotated[dict[Name, list[Name | dict[str, Any]]], AfterValidator(_single)]
Fallbacks = list[Fallback]
Callbacks = Name | list[Name | dict[str, Any]]
Strategy = Literal[
    "simple-shuffle",
    "least-busy",
    "latency-based-routing",
    "cost-based-routing",
    "usage-based-routing",
    "usage-based-routing-v2",
    "provider-budget-routing",
]


class Part(BaseModel):
    """A part of the file, in which more may stand than is named here. What is null is not set."""

    model_config = ConfigDict(extra="allow", hide_input_in_errors=True)


class Params(Part):
    """What LiteLLM calls, and how."""

    model: CalledModel
    api_base: ModelEndpoint | None = None
    api_key: str | None = None
    rpm: Number | None = None
    tpm: Number | None = None
    fallbacks: list[Name | dict[str, Any]] | None = None


class Model(BaseModel):
    """An entry of the model_list; LiteLLM reads nothing beside these three."""

    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)

    model_name: Name
    litellm_params: Params
    model_info: dict[str, Any] | None = None


class Router(Part):
    """How LiteLLM chooses among deployments, and what it does when one fails."""

    routing_strategy: Annotated[Strategy, _VARIABLE] | None = None
    fallbacks: Fallbacks | None = None
    context_window_fallbacks: Fallbacks | None = None
    content_policy_fallbacks: Fallbacks | None = None
    default_fallbacks: list[Name] | None = None
    model_group_alias: dict[str, Any] | None = None
    num_retries: Number | None = None
    allowed_fails: Number | None = None
    timeout: Seconds | None = None
    cooldown_time: Annotated[float, Field(ge=0), _VARIABLE] | None = None
    enable_pre_call_checks: Truth | None = None


class LiteLLM(Part):
    """What holds for every call."""

    drop_params: Truth | None = None
    cache: Truth | None = None
    cache_params: dict[str, Any] | None = None
    callbacks: Callbacks | None = None
    success_callback: Callbacks | None = None
    failure_callback: Callbacks | None = None
    fallbacks: Fallbacks | None = None
    context_window_fallbacks: Fallbacks | None = None
    content_policy_fallbacks: Fallbacks | None = None
    default_fallbacks: list[Name] | None = None
    num_retries: Number | None = None
    request_timeout: Seconds | None = None


class Config(Part):
    """The whole file."""

    model_list: list[Model] | None = None
    router_settings: Router | None = None
    litellm_settings: LiteLLM | None = None
    general_settings: dict[str, Any] | None = None
    environment_variables: dict[str, Any] | None = None


SECTIONS: Final = frozenset(
    (
        *Config.model_fields,
        "agent_list",
        "agents",
        "assistant_settings",
        "callback_settings",
        "credential_list",
        "default_vertex_config",
        "files_settings",
        "finetune_settings",
        "guardrails",
        "mcp_servers",
        "mcp_tools",
        "plugins",
        "policies",
        "policy_attachments",
        "prompts",
        "sandbox_tools",
        "search_tools",
        "vector_store_registry",
    )
)
"""What LiteLLM 1.74 to 1.108 read at the top of the file. A name that is close to one of them is a slip."""
