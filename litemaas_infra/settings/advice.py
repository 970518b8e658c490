"""What is wrong with a setting, in one line that ends with the command that mends it."""

from typing import Final

from pydantic import BaseModel, ValidationError
from pydantic.alias_generators import to_camel
from pydantic_core import ErrorDetails

from litemaas_infra.names import PROJECT
from litemaas_infra.settings.schema import Settings
from litemaas_infra.settings.words import Way, location, problem
from litemaas_infra.specs.budget import BudgetSpec
from litemaas_infra.specs.credential import CredentialSpec
from litemaas_infra.specs.fields import SECRETS
from litemaas_infra.specs.group import Group
from litemaas_infra.specs.model import ModelSpec
from litemaas_infra.specs.team import TeamSpec
from litemaas_infra.specs.user import UserSpec
from litemaas_infra.specs.virtual_key import VirtualKeySpec

_SECRETS: Final = frozenset(
    (*SECRETS, "key", "value", "values", "clientSecret", "gatewayPassword", "modelsPassword", "chatPassword")
)
"""What the secret fields of a model, and of a group of settings, are called."""
_KEYS: Final = "apiKeys"
_MAPS: Final = frozenset(
    (
        "params",
        "secret_params",
        "model_info",
        "variables",
        "metadata",
        "aliases",
        "model_rpm",
        "model_tpm",
        "values",
        "value_secrets",
        "info",
    )
)
_GROUPS: Final[dict[str, type[BaseModel]]] = {
    str(field.alias): type(field.default)
    for field in Settings.model_fields.values()
    if isinstance(field.default, Group)
}
_LISTS: Final[dict[str, type[BaseModel]]] = {
    "models": ModelSpec,
    "keys": VirtualKeySpec,
    "teams": TeamSpec,
    "users": UserSpec,
    "budgets": BudgetSpec,
    "credentials": CredentialSpec,
}
"""What is listed in settings of many entries."""


def lines(error: ValidationError) -> list[str]:
    """For each setting that is wrong its path, what is wrong with it, and the command that mends it."""
    found: dict[Way, str] = {}
    for detail in error.errors(include_url=False, include_input=False):
        way = _way(location(detail))
        found.setdefault(way, _line(way, detail))
    return list(found.values())


def _line(way: Way, detail: ErrorDetails) -> str:
    path = _path(way)
    if detail["type"] == "extra_forbidden":
        return f"{path}: there is no such setting; {_removal(way)}"
    told = problem(detail)
    if detail["loc"][-1] == "[key]":  # the name is wrong, not what it stands for
        return f"{path}: {told}; {_removed(path)}"
    if "pulumi config" in told:
        return f"{path}: {told}"
    # What two fields together make wrong is mended by taking one away, unless it is the lack of one.
    away = detail["type"] == "of_field" and not told.startswith("is not set")
    return f"{path}: {told}; {_removed(path) if away else _command(way, detail['type'])}"


def _way(way: Way) -> Way:
    if way[0] == _KEYS:
        return way[:2]
    if way[0] in _GROUPS and len(way) > 1:  # of what is not set, pydantic tells the field's own name
        way = (way[0], to_camel(str(way[1])), *way[2:])
    # Past a model's field, or a name in a map of it, pydantic tells which of several types it tried.
    return way[:4] if _MAPS.intersection(way[2:3]) else way[:3]


def _path(way: Way) -> str:
    steps = [f"[{step}]" if isinstance(step, int) else f".{step}" for step in way]
    return f"{PROJECT}:{''.join(steps).removeprefix('.')}"


def _command(way: Way, kind: str) -> str:
    path = _path(way)
    if isinstance(way[-1], int):  # an entry that is no model at all
        return _removed(path)
    if len(way) == 1:
        return f"pulumi config set {path} VALUE"
    if way[-1] in _MAPS:
        path = f"{path}.NAME"
    if way[0] == _KEYS or _SECRETS.intersection(way[1:3]):
        return f"pulumi config set --secret --path '{path}', which asks for it"
    # In a path, Pulumi takes 2023 for a number and true for a truth value.
    text = "--type string " if kind == "string_type" else ""
    return f"pulumi config set {text}--path '{path}' VALUE"


def _removal(way: Way) -> str:
    path = _path(way)
    if way[0] in _LISTS and len(way) > 1:
        return f"{_removed(path)} (a {str(way[0])[:-1]} has: {_known(_LISTS[str(way[0])])})"
    if len(way) > 1:
        return f"{_removed(path)} (there are: {_known(_GROUPS[str(way[0])])})"
    return f"pulumi config rm {path} (there are: {_known(Settings)})"


def _known(model: type[BaseModel]) -> str:
    return ", ".join(field.alias or name for name, field in model.model_fields.items())


def _removed(path: str) -> str:
    return f"pulumi config rm --path '{path}'"
