"""Settings out of Pulumi's configuration, with errors that say how to mend them."""

from collections.abc import Mapping
from typing import Any, Final

from pulumi.runtime.config import CONFIG, get_config_env
from pydantic import ValidationError
from pydantic_core import ErrorDetails

from litemaas_infra.errors import SettingsError
from litemaas_infra.names import PROJECT
from litemaas_infra.settings.schema import Settings
from litemaas_infra.specs.fields import SECRET
from litemaas_infra.specs.model import ModelSpec

_WORDS: Final = {
    "missing": "is not set",
    "string_too_short": "is empty",
    "too_short": "is empty",
    "string_type": "is not text",
    "bool_parsing": "is neither true nor false",
    "bool_type": "is neither true nor false",
    "int_parsing": "is not a whole number",
    "int_type": "is not a whole number",
    "int_from_float": "is not a whole number",
    "model_type": "is not a model, which has model_name, litellm_model, api_base and api_key",
}
"""What pydantic finds, in words that fit after a setting's name."""


def load() -> Settings:
    """The running stack's settings. Raises SettingsError, which names everything that is wrong."""
    configured = {**get_config_env(), **CONFIG.get()}
    prefix = f"{PROJECT}:"
    own = {key.removeprefix(prefix): value for key, value in configured.items() if key.startswith(prefix)}
    return parse(own)


def parse(values: Mapping[str, Any]) -> Settings:
    """Settings from values by name, as Pulumi has them. Raises SettingsError."""
    try:
        return Settings.model_validate(values)
    except ValidationError as error:
        lines = [_line(detail) for detail in error.errors(include_url=False, include_input=False)]
        raise SettingsError("\n  ".join(["these settings are wrong:", *lines])) from None


def _line(detail: ErrorDetails) -> str:
    path = _path(detail["loc"])
    if detail["type"] == "extra_forbidden":
        return f"{path}: there is no such setting; {_removal(path)}"
    problem = _problem(detail)
    if "pulumi config" in problem:
        return f"{path}: {problem}"
    return f"{path}: {problem}; {_command(path)}"


def _problem(detail: ErrorDetails) -> str:
    message = detail["msg"].removeprefix("Value error, ").removeprefix("Input ")
    return _WORDS.get(detail["type"], message[:1].lower() + message[1:])


def _path(location: tuple[int | str, ...]) -> str:
    steps = [f"[{step}]" if isinstance(step, int) else f".{step}" for step in location]
    return f"{PROJECT}:{''.join(steps).removeprefix('.')}"


def _command(path: str) -> str:
    if path.endswith(f".{SECRET}"):
        return f"pulumi config set --secret --path '{path}', which asks for it"
    return f"pulumi config set --path '{path}' VALUE" if "[" in path else f"pulumi config set {path} VALUE"


def _removal(path: str) -> str:
    if "[" in path:
        return f"pulumi config rm --path '{path}' (a model has: {', '.join(ModelSpec.model_fields)})"
    known = ", ".join(field.alias or name for name, field in Settings.model_fields.items())
    return f"pulumi config rm {path} (there are: {known})"
