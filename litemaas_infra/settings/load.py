"""Settings out of Pulumi's configuration, with errors that say how to mend them."""

from collections.abc import Mapping
from typing import Any

from pulumi.runtime.config import CONFIG, get_config_env
from pydantic import ValidationError
from pydantic_core import ErrorDetails

from litemaas_infra.errors import SettingsError
from litemaas_infra.names import PROJECT
from litemaas_infra.settings.schema import Settings


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
    problem = detail["msg"].removeprefix("Value error, ")
    if not detail["loc"]:
        return f"{PROJECT}:{problem}"
    return f"{path}: {problem}; pulumi config set {_argument(path)} VALUE"


def _path(location: tuple[int | str, ...]) -> str:
    steps = [f"[{step}]" if isinstance(step, int) else f".{step}" for step in location]
    return f"{PROJECT}:{''.join(steps).removeprefix('.')}"


def _argument(path: str) -> str:
    """The path as `pulumi config` takes it; a key of an endpoint goes in by a prompt, not an argument."""
    flags = "--secret " if path.endswith("api_key") else ""
    return f"{flags}--path '{path}'" if "[" in path else f"{flags}{path}"


def _removal(path: str) -> str:
    known = ", ".join(field.alias or name for name, field in Settings.model_fields.items())
    if "[" in path:
        return f"pulumi config rm --path '{path}'"
    return f"pulumi config rm {path} (there are: {known})"
