"""The further names that a config.yaml gives to its models."""

from collections.abc import Iterator, Mapping
from typing import Any

from litemaas_infra.specs.access import access_groups


def named(config: Mapping[str, Any]) -> Iterator[str]:
    """The access groups of a valid file's models, and the aliases that its router knows."""
    for model in config.get("model_list") or []:
        yield from access_groups(model.get("model_info") or {})
    yield from (config.get("router_settings") or {}).get("model_group_alias") or {}
