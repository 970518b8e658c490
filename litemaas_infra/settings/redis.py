"""Redis is named in one place: in the settings, where they name one."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from litemaas_infra.names import PROJECT
from litemaas_infra.settings.config_file import ConfigFile, shared
from litemaas_infra.settings.schema import Settings

_TWICE: Final = f"and so does {PROJECT}:redis"
_NONE: Final = f"pulumi config set --path {PROJECT}:redis.kind none"


def contradicted(settings: Settings, config: ConfigFile) -> Iterator[str]:
    """What else says which Redis the gateway takes."""
    if not settings.redis.used:
        return
    for place, name in config.redis:
        yield f"{place}: {name} says which Redis the gateway takes, {_TWICE}; remove the line, or {_NONE}"
    for name in settings.api_keys:
        if name.startswith("REDIS_"):
            path = f"{PROJECT}:apiKeys.{name}"
            yield f"{path}: says which Redis the gateway takes, {_TWICE}; pulumi config rm --path '{path}'"


def with_redis(settings: Settings, config: ConfigFile) -> ConfigFile:
    """The file that the gateway reads, where the settings name a Redis."""
    return replace(config, text=shared(config.text)) if settings.redis.used else config
