"""A file of variables, as settings of a stack, with all that there is to tell of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from litemaas_infra.errors import SettingsError
from litemaas_infra.names import PROJECT
from litemaas_infra.settings.extra_vars import parts
from litemaas_infra.settings.extra_vars.reasons import reason, unread
from litemaas_infra.settings.extra_vars.variables import PREFIX, Variables
from litemaas_infra.settings.load import read
from litemaas_infra.settings.models_file import ansible
from litemaas_infra.settings.yaml_file import Document, parse, read_text, told
from litemaas_infra.settings.yaml_file.told import shown

_OTHER: Final = "name the file that `ansible-playbook -e @FILE` was given"
_TAKEN: Final = "is read where it is; models that the gateway has already want `adopt: true` there"
_SECRET: Final = "to be supplied"  # noqa: S105 - what stands for one while the rest is looked at


@dataclass(frozen=True)
class Translation:
    """What a file of variables comes to."""

    settings: Mapping[str, Any] = field(default_factory=dict)
    """By their names, without `litemaas:`; secrets are left out."""
    supply: tuple[str, ...] = ()
    """Commands that set what is secret."""
    mistakes: tuple[str, ...] = ()
    """What could not be translated, or is no setting as it is, and what mends it."""
    notes: tuple[str, ...] = ()
    """Variables that nothing comes of, and why."""


def translate(file: Path, folder: Path) -> Translation:
    """The file's variables as settings of a stack whose project is in `folder`.

    Raises SettingsError if it is no file of variables.
    """
    document = _document(file)
    found = Variables(document)
    settings = _settings(found, file)
    _explain(found)
    supply = _supply(found, settings)
    say = told(str(file), document)
    wrong = say.mistakes or _wrong(settings, folder)
    return Translation(settings, supply, wrong, say.notes)


def _document(file: Path) -> Document:
    try:
        document = parse(read_text(file))
    except SettingsError as error:
        raise SettingsError(f"{file} {error}; {_OTHER}") from None
    if isinstance(document.value, str) and document.value.startswith("$ANSIBLE_VAULT"):
        raise SettingsError(
            f"{file} is encrypted, and only Ansible opens it; name what `ansible-vault view {file}` prints"
        )
    if not isinstance(document.value, dict):
        mistakes = "; ".join(told(str(file), document).mistakes) or f"{file} holds no variables"
        raise SettingsError(f"{mistakes}; {_OTHER}")
    document.mistakes = [found for found in document.mistakes if not _is_unread(found.way)]
    return document


def _is_unread(way: tuple[str | int, ...]) -> bool:
    name = str(way[0]) if way else ""
    return name.startswith(PREFIX) and unread(name.removeprefix(PREFIX))


def _settings(found: Variables, file: Path) -> dict[str, Any]:
    every = (parts.ground, parts.gateway, parts.rows, parts.backend)
    settings = {name: value for part in every for name, value in part(found).items()}
    lists = [key.removeprefix(PREFIX) for key in ansible.KEYS if found.value(key.removeprefix(PREFIX))]
    for name in lists:
        found.note(name, _TAKEN)
    return {**settings, **({"modelsFile": str(file.resolve())} if lists else {})}


def _explain(found: Variables) -> None:
    """Say of each variable that nothing comes of, why."""
    for name in found.others():
        if name.startswith(PREFIX):
            found.note(name.removeprefix(PREFIX), reason(name.removeprefix(PREFIX)))
    rest = ", ".join(shown((name,)) for name in found.others() if not name.startswith(PREFIX))
    if rest:
        found.document.note((), f"nothing comes of what is not LiteMaaS's: {rest}")


def _supply(found: Variables, settings: Mapping[str, Any]) -> tuple[str, ...]:
    """What only its owner can set. Where OpenShift knows the users, the namespace's Secret has it."""
    found.value("oauth_client_secret")
    if settings.get("backend", {}).get("login") != "oidc":
        return ()
    return (f"pulumi config set --path --secret {PROJECT}:backend.clientSecret",)


def _wrong(settings: Mapping[str, Any], folder: Path) -> tuple[str, ...]:
    """What `pulumi up` would say of them, once what is secret is supplied."""
    values = dict(settings)
    if values.get("backend", {}).get("login") == "oidc":
        values["backend"] = {**values["backend"], "clientSecret": _SECRET}
    try:
        read(values, folder)
    except SettingsError as error:
        return tuple(line.strip() for line in str(error).splitlines()[1:])
    return ()
