"""A file of models: one of LiteMaaS's Ansible role, or a LiteLLM config.yaml, each read as it is."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from litemaas_infra.errors import SettingsError
from litemaas_infra.names import PROJECT
from litemaas_infra.settings.models_file import ansible, litellm_config
from litemaas_infra.settings.models_file.entries import validated
from litemaas_infra.settings.models_file.text_file import read_text
from litemaas_infra.settings.models_file.yaml_lines import Document, Finding, parse
from litemaas_infra.settings.words import Way
from litemaas_infra.specs.model import ModelSpec

_LISTS: Final = (*ansible.KEYS, litellm_config.KEY)
_NAME: Final = re.compile(r"(ocp4_)?[a-z_]{1,60}")
"""A key that is surely a name; any other may be a secret that slipped into its place."""
_ENCRYPTED: Final = (
    "is encrypted by ansible-vault, which only Ansible opens; write it out, keys as os.environ/NAME"
)


_OTHER: Final = f"pulumi config set {PROJECT}:modelsFile PATH names another"


@dataclass(frozen=True)
class ModelsFile:
    """What a file holds: its models by the line they stand in, its mistakes, and what else there is to tell.

    Each text begins with the file's name and the line.
    """

    models: tuple[tuple[str, ModelSpec], ...] = ()
    mistakes: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def read(name: str, folder: Path) -> ModelsFile:
    """The file of that name, relative to the folder unless it is absolute. Nothing is raised."""
    try:
        document = parse(read_text(folder / name))
    except SettingsError as error:
        return ModelsFile(mistakes=(f"{name}: {error}; {_OTHER}",))
    models = [(f"{name}:{document.line(way)}", spec) for way, spec in _models(document)]
    return ModelsFile(tuple(models), _texts(name, document.mistakes), _texts(name, document.notes))


def _models(document: Document) -> list[tuple[Way, ModelSpec]]:
    if isinstance(document.value, dict) and document.value.keys() & set(_LISTS):
        _note_what_is_not_read(document)
        # All are looked through before any is checked, so that what follows from a mistake is not another.
        entries = [*ansible.entries(document), *litellm_config.entries(document)]
        return [(entry.way, spec) for entry in entries if (spec := validated(entry, document))]
    if isinstance(document.value, str) and document.value.startswith("$ANSIBLE_VAULT"):
        document.mistake((), _ENCRYPTED)
    elif not document.mistakes:
        document.mistake((), f"holds no list of models; put them under one of {', '.join(_LISTS)}")
    return []


def _note_what_is_not_read(document: Document) -> None:
    others = [_shown((key,)) for key in document.value if key not in _LISTS]
    if others:
        document.note((), f"only the models are read from here, not {', '.join(others)}")


def _texts(name: str, findings: list[Finding]) -> tuple[str, ...]:
    return tuple(
        ": ".join(part for part in (f"{name}:{found.line}", _shown(found.way), found.words) if part)
        for found in sorted(findings, key=lambda found: found.line)
    )


def _shown(way: Way) -> str:
    steps = [f"[{step}]" if isinstance(step, int) else f".{_name(step)}" for step in way]
    return "".join(steps).removeprefix(".")


def _name(key: str) -> str:
    return key if _NAME.fullmatch(key) else "..."
