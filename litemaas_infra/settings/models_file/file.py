"""A file of models: one of LiteMaaS's Ansible role, or a LiteLLM config.yaml, each read as it is."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from litemaas_infra.errors import SettingsError
from litemaas_infra.names import PROJECT
from litemaas_infra.settings.models_file import ansible, litellm_config
from litemaas_infra.settings.models_file.entries import validated
from litemaas_infra.settings.words import Way
from litemaas_infra.settings.yaml_file import Document, parse, read_text, told
from litemaas_infra.settings.yaml_file.told import shown
from litemaas_infra.specs.model import ModelSpec

_LISTS: Final = (*ansible.KEYS, litellm_config.KEY)
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
    say = told(name, document)
    return ModelsFile(tuple(models), say.mistakes, say.notes)


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
    others = [shown((key,)) for key in document.value if key not in _LISTS]
    if others:
        whole = f"the gateway reads the whole of a {PROJECT}:configFile"
        document.note((), f"only the models are read from here, not {', '.join(others)}; {whole}")
