"""The model as LiteLLM keeps it: a deployment of the router, several of which may share one model_name."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Self

from litemaas_infra.specs.fields import SECRETS, Fields, fields_of, whole
from litemaas_infra.specs.model import ModelSpec
from litemaas_infra.specs.values import ENVIRONMENT

MARK: Final = "litemaas"
"""The key of model_info by which we know a deployment of ours: it says which one of its model_name it is."""

PARAMS: Final[Mapping[str, str]] = {
    "model": "litellm_model",
    **{
        name: name
        for name in (
            "api_base",
            "api_key",
            "litellm_credential_name",
            "api_version",
            "organization",
            "aws_region_name",
            "aws_access_key_id",
            "aws_secret_access_key",
            "vertex_project",
            "vertex_location",
            "vertex_credentials",
            "rpm",
            "tpm",
            "input_cost_per_token",
            "output_cost_per_token",
        )
    },
}
"""The litellm_params that a field of the model decides."""
INFO: Final[Mapping[str, str]] = {
    # The backend reads its context length there.
    "max_tokens": "context_length",
    **{
        name: name
        for name in (
            "mode",
            "supports_vision",
            "supports_function_calling",
            "supports_tool_choice",
            "supports_parallel_function_calling",
        )
    },
}
"""The keys of model_info that a field of the model decides."""
ELSEWHERE: Final = "[set outside this stack]"
"""Stands for the value of a parameter we never declared: it may be anyone's secret."""


@dataclass(frozen=True)
class Deployment:
    """A deployment, as it is wanted or as LiteLLM has stored it."""

    id: str
    model_name: str
    params: Mapping[str, Any] = field(repr=False)
    info: Mapping[str, Any]
    secrets: tuple[str, ...] = field(default=(), repr=False, compare=False)
    """The values among the parameters that no message may repeat."""

    @classmethod
    def of(cls, spec: ModelSpec, id_: str) -> Self:
        """The deployment that the spec asks for; nothing that is unset."""
        fields = fields_of(spec)
        params = {name: fields[of] for name, of in PARAMS.items()}
        info = {name: fields[of] for name, of in INFO.items()}
        return cls(
            id_,
            spec.model_name,
            _given({**params, **fields["params"], **fields["secret_params"]}),
            _given({**info, **fields["model_info"], MARK: spec.deployment or "", "id": id_}),
            _secrets(fields),
        )

    @property
    def ours(self) -> bool:
        """Whether a stack like this one made it."""
        return MARK in self.info

    def is_of(self, spec: ModelSpec) -> bool:
        """Whether a stack made it, or made it its own, for this very model."""
        return self.model_name == spec.model_name and self.info.get(MARK) == (spec.deployment or "")

    def surplus(self, wanted: Self) -> list[str]:
        """The parameters stored here that are not wanted."""
        return sorted(name for name in self._said() if name not in wanted.params)

    def changes(self, wanted: Self) -> Self | None:
        """What has to be written over this one for it to be as wanted; None if it is already."""
        params = _different(self.params, wanted.params)
        info = _different(self.info, wanted.info)
        if not (params or info) and self.model_name == wanted.model_name:
            return None
        return type(self)(wanted.id, wanted.model_name, params, {**info, "id": wanted.id}, wanted.secrets)

    def calls_otherwise(self, wanted: Self) -> bool:
        """Whether the wanted one would call another model, at another address or with another key."""
        called = ("model", "api_base", "api_key", "litellm_credential_name")
        return any(self.params.get(name) != wanted.params.get(name) for name in called)

    def unchanged(self, wanted: Self) -> Self:
        """A change that changes nothing, to carry one that is not in the values."""
        return type(self)(wanted.id, wanted.model_name, {}, {"id": wanted.id})

    def fields(self, spec: ModelSpec) -> Fields:
        """What it tells of the spec's fields."""
        params = {of: self._param(name, getattr(spec, of)) for name, of in PARAMS.items()}
        # What we don't say of a model, LiteLLM and others may.
        info = {of: self.info.get(name) for name, of in INFO.items() if getattr(spec, of) is not None}
        secret = spec.secret_params.get_secret_value()
        strays = self._said().keys() - PARAMS.keys() - spec.params.keys() - secret.keys()
        return {
            "model_name": self.model_name,
            **params,
            "api_base": (params["api_base"] or "").rstrip("/") or None,
            **info,
            "secret_params": _picked(self.params, secret),
            "params": {**_picked(self.params, spec.params), **dict.fromkeys(sorted(strays), ELSEWHERE)},
            "model_info": _picked(self.info, spec.model_info),
        }

    def _param(self, name: str, declared: Any) -> Any:
        value = self.params.get(name)
        return ELSEWHERE if name in SECRETS and declared is None and _is_set(value) else value

    def _said(self) -> Mapping[str, Any]:
        # LiteLLM writes out its own defaults, each of which is nothing: null, false or empty.
        return {name: value for name, value in self.params.items() if value is not False and _is_set(value)}


def _secrets(fields: Fields) -> tuple[str, ...]:
    return tuple(
        text for name in SECRETS for text in _texts(fields[name]) if not text.startswith(ENVIRONMENT)
    )


def _texts(value: Any) -> Iterator[str]:
    """Every text in the value, at any depth, that is not empty."""
    if isinstance(value, str) and value:
        yield value
    elif isinstance(value, (dict, list)):
        for item in value.values() if isinstance(value, dict) else value:
            yield from _texts(item)


def _given(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value is not None}


def _is_set(value: Any) -> bool:
    return value not in (None, "", [], {})


def _different(stored: Mapping[str, Any], wanted: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in wanted.items() if whole(stored.get(name)) != whole(value)}


def _picked(values: Mapping[str, Any], names: Iterable[str]) -> dict[str, Any]:
    return {name: values[name] for name in names if name in values}
