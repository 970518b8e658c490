"""What is declared and what is there, where they disagree: each in one line that ends with what mends it."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from litemaas_infra import names
from litemaas_infra.clients.references import effective
from litemaas_infra.clients.services import Services
from litemaas_infra.command.inventory import Inventory, undeclared_keys, undeclared_models, undeclared_teams
from litemaas_infra.errors import ClusterError
from litemaas_infra.settings import Settings
from litemaas_infra.specs import drift
from litemaas_infra.specs.entity import Entity
from litemaas_infra.specs.fields import changed, fields_of
from litemaas_infra.specs.model import ModelSpec
from litemaas_infra.specs.row import owns_row

_MENDS: Final = "`pulumi up --refresh` mends that"


def differences(there: Services, settings: Settings, found: Inventory) -> Iterator[str]:
    """All of them: of models and their rows, then of keys and teams."""
    backend = settings.backend.kind != "none"
    for spec in settings.models:
        yield from _of_model(there, spec, found, backend=backend)
    yield from _of_rows(found)
    for key in settings.keys:
        yield from _of_entity("key", key, found.key(key.alias))
    for team in settings.teams:
        yield from _of_entity("team", team, found.team(team.alias))


def undeclared(settings: Settings, found: Inventory) -> Iterator[str]:
    """What is in no stack: that may well be so, of keys that a backend's users make for instance."""
    yield from (f"model {one.model_name} ({one.id})" for one in undeclared_models(found, settings))
    for told in undeclared_keys(found, settings.keys):
        yield f"key {told.get('key_alias') or told.get('key_name')}"
    for told in undeclared_teams(found, settings.teams):
        yield f"team {told.get('team_alias') or told.get('team_id')}"


def _of_model(there: Services, spec: ModelSpec, found: Inventory, *, backend: bool) -> Iterator[str]:
    stored = found.of(spec, names.model_id(spec.model_name, spec.deployment))
    if stored is None:
        yield f"model {spec.model_name} is declared, and the gateway does not have it; {_MENDS}"
        return
    if stored.id not in found.served:
        yield f"model {spec.model_name} is stored, and the gateway does not serve it; {_MENDS}"
    row = found.rows.get(spec.model_name) if owns_row(spec) else None
    if owns_row(spec) and row is None:
        yield f"model {spec.model_name} has no row in the backend's table; {_MENDS}"
        return
    try:
        meant = effective(there.cluster(), there.way.namespace, spec)
    except ClusterError as error:
        yield str(error)
        return
    live = drift.live_fields(spec, meant, stored, row, backend=backend)
    if others := changed(fields_of(spec), live):
        yield f"model {spec.model_name} has another {', '.join(others)} than is declared; {_MENDS}"


def _of_rows(found: Inventory) -> Iterator[str]:
    known = {one.model_name for one in found.deployments}
    for name, row in found.rows.items():
        if name not in known and row.get("availability") != "unavailable":
            yield f"row {name} is of a model that the gateway does not have; delete it or mark it unavailable"


def _of_entity(kind: str, spec: Entity, told: Mapping[str, Any] | None) -> Iterator[str]:
    if told is None:
        yield f"{kind} {spec.called} is declared, and the gateway does not have it; {_MENDS}"
    elif others := spec.differing(told):
        yield f"{kind} {spec.called} has another {', '.join(others)} than is declared; {_MENDS}"
