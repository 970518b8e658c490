"""The names that a key opens models by: theirs, access groups, aliases, patterns, LiteLLM's own words."""

import re
from collections.abc import Collection, Iterable, Mapping
from typing import Any, Final

EVERY: Final = "all-proxy-models"
"""Stands for every model of the gateway."""
TEAM: Final = "all-team-models"
"""Stands for every model of a key's team; without a team LiteLLM takes it for every model of the gateway."""
NONE: Final = "no-default-models"
"""Stands for no model at all."""


def access_groups(info: Mapping[str, Any]) -> list[str]:
    """The groups that a model's `model_info` puts it in."""
    found = info.get("access_groups") or []
    return [found] if isinstance(found, str) else [str(group) for group in found]


def unserved(asked: Iterable[str], served: Collection[str]) -> list[int]:
    """The places of the asked names that open nothing on a gateway that serves these names."""
    return [place for place, name in enumerate(asked) if not _opens(name, served)]


def _opens(name: str, served: Collection[str]) -> bool:
    if name in served or name in (EVERY, NONE):
        return True
    return any(_fits(name, other) or _fits(other, name) for other in served)


def _fits(name: str, pattern: str) -> bool:
    """Whether the name is among those that the pattern stands for; a * in it is any text."""
    return "*" in pattern and re.fullmatch(".*".join(map(re.escape, pattern.split("*"))), name) is not None
