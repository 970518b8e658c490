"""A LiteLLM config.yaml: what the gateway is to read of it, and what is wrong with it."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import Final

import yaml
from pydantic import ValidationError

from litemaas_infra.errors import SettingsError
from litemaas_infra.names import PROJECT
from litemaas_infra.settings.config_file import fallbacks, groups, metrics, own, redis, secrets
from litemaas_infra.settings.config_file.schema import SECTIONS, Config, LiteLLM, Router
from litemaas_infra.settings.words import Way
from litemaas_infra.settings.yaml_file import Document, parse, read_text, told, validity

_OTHER: Final = f"pulumi config set {PROJECT}:configFile PATH names another"
_NO_CONFIG: Final = "is no LiteLLM configuration; begin it with model_list: or router_settings:, for instance"
_MISPLACED: Final = "has no place here; move it into litellm_params or model_info"
_KNOWN: Final[Mapping[Way, Collection[str]]] = {
    (): SECTIONS,
    ("router_settings",): Router.model_fields,
    ("litellm_settings",): LiteLLM.model_fields,
}
"""The names of each section that we know."""
_CLOSE: Final = 0.9
"""How alike a name must be to one that we know to be a slip of it, and not one of LiteLLM's many others."""


Placed = tuple[tuple[str, str], ...]
"""Names by the places they stand at: the file's name and the line."""


@dataclass(frozen=True)
class ConfigFile:
    """What a file holds. Each mistake begins with the file's name and the line."""

    text: str = field(default="", repr=False)
    """What the gateway reads: the file's values without its comments, where a secret may stand."""
    models: Placed = ()
    """The model_names, by the places they stand at."""
    variables: Placed = ()
    """The variables of the gateway's pod that it needs, by the places that name them."""
    fallbacks: Placed = ()
    """The model_names that others fall back to, by the places that name them."""
    redis: Placed = ()
    """The names that say which Redis it takes, by the places they stand at."""
    opened: Placed = ()
    """The name that shows metrics to everyone, by the place it stands at."""
    groups: frozenset[str] = frozenset()
    """What its models may be asked for by beside their own names: access groups and aliases."""
    credentials: frozenset[str] = frozenset()
    """The names of its own credentials."""
    mistakes: tuple[str, ...] = ()


def read(name: str, folder: Path) -> ConfigFile:
    """The file of that name, relative to the folder unless it is absolute. Nothing is raised."""
    try:
        document = parse(read_text(folder / name))
    except SettingsError as error:
        return ConfigFile(mistakes=(f"{name}: {error}; {_OTHER}",))
    if not isinstance(document.value, dict) or not document.value:
        if not document.mistakes:
            document.mistake((), _NO_CONFIG)
        return ConfigFile(mistakes=told(name, document).mistakes)
    _check(document)
    return _of(name, document)


def _of(name: str, document: Document) -> ConfigFile:
    def placed(found: Iterable[tuple[Way, str]]) -> Placed:
        return tuple((f"{name}:{document.line(way)}", text) for way, text in found)

    mistakes = told(name, document).mistakes
    return ConfigFile(
        text=yaml.safe_dump(document.value, sort_keys=False, allow_unicode=True),
        models=placed(_named(document, "model_list", "model_name")),
        variables=placed(own.needed(document)),
        fallbacks=() if mistakes else placed(fallbacks.named(document)),
        redis=placed(redis.named(document)),
        opened=placed(metrics.opened(document)),
        groups=frozenset() if mistakes else frozenset(groups.named(document.value)),
        credentials=frozenset(name for _, name in _named(document, "credential_list", "credential_name")),
        mistakes=mistakes,
    )


def _check(document: Document) -> None:
    # What contradicts the stack, or is secret, is told rather than what its type should be.
    own.refuse(document)
    secrets.refuse(document)
    try:
        Config.model_validate(document.value)
    except ValidationError as error:
        validity(document, error, lambda way: way, lambda _: _MISPLACED)
    for section, known in _KNOWN.items():
        _refuse_slips(document, section, known)


def _refuse_slips(document: Document, section: Way, known: Collection[str]) -> None:
    """LiteLLM passes over names that it does not know."""
    found = document.value.get(section[0]) if section else document.value
    for name in found if isinstance(found, dict) else ():
        close = get_close_matches(name, known, n=1, cutoff=_CLOSE)
        if close and name not in known:
            document.mistake((*section, name), f"LiteLLM reads no such name; did you mean {close[0]}?")


def _named(document: Document, section: str, field: str) -> Iterator[tuple[Way, str]]:
    """The names that the entries of a list bear, by where the entries are."""
    entries = document.value.get(section)
    for index, entry in enumerate(entries if isinstance(entries, list) else ()):
        if isinstance(entry, dict) and isinstance(entry.get(field), str):
            yield (section, index), entry[field]
