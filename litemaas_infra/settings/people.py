"""Keys, teams, users and budgets together: what no single one can tell is wrong."""

from collections.abc import Collection, Iterator
from difflib import get_close_matches
from typing import Final, TypeVar

from pydantic import ValidationInfo

from litemaas_infra.names import CHAT, MONITORING, PROJECT
from litemaas_infra.specs.entity import Entity
from litemaas_infra.specs.virtual_key import VirtualKeySpec

Some = TypeVar("Some", bound=Entity)
_OWN: Final = {CHAT: "the chat's", MONITORING: "Prometheus'"}
"""Whose own the keys of these aliases are."""
_NAMED: Final = {"team": "teams", "budget": "budgets"}
"""The fields of a key that name another entity of the stack, and the settings that those are in."""


def distinct(entities: tuple[Some, ...], info: ValidationInfo) -> tuple[Some, ...]:
    """The entities, if no two of them are called the same. Raises ValueError."""
    for index, entity in enumerate(entities):
        if entity.called in (other.called for other in entities[:index]):
            path = f"{PROJECT}:{info.field_name}[{index}]"
            twice = f"has the {entity.ID} {entity.called} twice"
            raise ValueError(f"{twice}; remove one: pulumi config rm --path '{path}'")
    return entities


def free(keys: tuple[VirtualKeySpec, ...], info: ValidationInfo) -> tuple[VirtualKeySpec, ...]:
    """The keys, if no two have one alias and none that of a key which the stack makes. Raises ValueError."""
    for index, key in enumerate(keys):
        if key.alias in _OWN:
            path = f"{PROJECT}:keys[{index}].alias"
            raise ValueError(
                f"has the alias {key.alias}, which is that of {_OWN[key.alias]} own key; give it another: "
                f"pulumi config set --path '{path}' NAME"
            )
    return distinct(keys, info)


def unknown(place: str, key: VirtualKeySpec, settings: object) -> Iterator[str]:
    """What a key names that is not declared, each with what mends it."""
    for field, setting in _NAMED.items():
        name, known = getattr(key, field), [other.called for other in getattr(settings, setting)]
        if name is not None and name not in known:
            told = f"is no {field} of this stack"
            yield f"{place}.{field}: {told}; {mending(f'{place}.{field}', name, known, setting)}"


def mending(path: str, name: str, known: Collection[str], setting: str) -> str:
    """What mends a name at that path which is none of the known ones, those of a setting."""
    meant = get_close_matches(name, known, n=1)
    hint = f"did you mean {meant[0]}?" if meant else f"add it to {PROJECT}:{setting}, or name another:"
    return f"{hint} pulumi config set --path '{path}' VALUE"
