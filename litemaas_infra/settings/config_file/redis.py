"""The Redis of a config.yaml: the stack's own, where it has one, and what the file says of another."""

from collections.abc import Iterator
from typing import Any, Final

import yaml

from litemaas_infra.settings.words import Way
from litemaas_infra.settings.yaml_file import Document

_CACHE: Final = ("litellm_settings", "cache_params")
_CONNECTION: Final = frozenset(
    (
        *("host", "port", "password", "username", "url", "startup_nodes", "redis_startup_nodes"),
        *("sentinel_nodes", "sentinel_password", "service_name"),
    )
)
_ROUTER: Final = ("redis_host", "redis_port", "redis_password", "redis_url", "redis_db", "cache_kwargs")


def named(document: Document) -> Iterator[tuple[Way, str]]:
    """The names of the file that say which Redis LiteLLM takes, or that it takes none, and where."""
    for name, value in _section(document.value, *_CACHE).items():
        of_connection = name in _CONNECTION or name.startswith("ssl")
        if of_connection or (name == "type" and value != "redis"):
            yield (*_CACHE, name), name
    for name in _section(document.value, "router_settings"):
        if name in _ROUTER:
            yield ("router_settings", name), name
    if "coordination_redis" in _section(document.value, "general_settings"):
        yield ("general_settings", "coordination_redis"), "coordination_redis"
    for name in _section(document.value, "environment_variables"):
        if name.startswith("REDIS_"):
            yield ("environment_variables", name), name


def shared(text: str) -> str:
    """The file's text, from which LiteLLM takes the Redis that its variables name.

    It keeps models' answers there only where the file turns LiteLLM's cache on, or for who asks for it.
    """
    document = yaml.safe_load(text) or {}
    settings = document.get("litellm_settings") or {}
    given = settings.get("cache_params") or {}
    params = given if settings.get("cache") is True else {"mode": "default_off"}
    # LiteLLM has no other way, in all its versions, to be told of it.
    whole = {**settings, "cache": True, "cache_params": {**params, "type": "redis"}}
    return yaml.safe_dump({**document, "litellm_settings": whole}, sort_keys=False, allow_unicode=True)


def _section(value: Any, *names: str) -> dict[str, Any]:
    for name in names:
        value = value.get(name) if isinstance(value, dict) else None
    return value if isinstance(value, dict) else {}
