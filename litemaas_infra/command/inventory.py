"""Everything that a gateway and the backend's database have, looked at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from litemaas_infra import names
from litemaas_infra.clients import models_table, stored_models
from litemaas_infra.clients.people import Teams
from litemaas_infra.clients.services import Services
from litemaas_infra.clients.virtual_keys import VirtualKeys
from litemaas_infra.settings import Settings
from litemaas_infra.specs.deployment import Deployment
from litemaas_infra.specs.model import ModelSpec
from litemaas_infra.specs.team import TeamSpec
from litemaas_infra.specs.virtual_key import VirtualKeySpec

_OF_A_FILE: Final = "db_model"
"""What LiteLLM says of a model: whether it is none of its configuration file's."""


@dataclass(frozen=True)
class Inventory:
    """What is there."""

    stored: Mapping[str, Deployment] = field(default_factory=dict, repr=False)
    """Deployments in the gateway's database, by id."""
    served: Mapping[str, Mapping[str, Any]] = field(default_factory=dict, repr=False)
    """Deployments that the gateway serves, those of its configuration file too, by id."""
    rows: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    """The backend's rows, by model_name."""
    keys: Sequence[Mapping[str, Any]] = ()
    """What LiteLLM says of every virtual key."""
    teams: Sequence[Mapping[str, Any]] = ()
    """What LiteLLM says of every team."""

    @property
    def deployments(self) -> list[Deployment]:
        """Every deployment, be it stored or of the configuration file, by model_name."""
        others = [
            Deployment(id_, str(told.get("model_name")), {}, told.get("model_info") or {})
            for id_, told in self.served.items()
            if id_ not in self.stored and (told.get("model_info") or {}).get(_OF_A_FILE) is False
        ]
        return sorted([*self.stored.values(), *others], key=lambda one: (one.model_name, one.id))

    def of(self, spec: ModelSpec, own: str) -> Deployment | None:
        """The stored deployment that is the declared model, whose own id is `own`; None if there is none."""
        adopted = (one for one in self.stored.values() if one.is_of(spec))
        return self.stored.get(own) or next(adopted, None)

    def key(self, alias: str) -> Mapping[str, Any] | None:
        """The key of that alias, its team by the alias that people know it by; None if there is none."""
        return next((self.named(key) for key in self.keys if key.get("key_alias") == alias), None)

    def named(self, key: Mapping[str, Any]) -> Mapping[str, Any]:
        """What LiteLLM says of a key, with its team's alias for the team's id."""
        aliases = {team["team_id"]: team.get("team_alias") for team in self.teams}
        return {**key, "team_id": aliases.get(key.get("team_id")) or key.get("team_id")}

    def team(self, alias: str) -> Mapping[str, Any] | None:
        """The team of that alias; None if there is none."""
        return next((team for team in self.teams if team.get("team_alias") == alias), None)


def look(there: Services) -> Inventory:
    """All that is there. Raises our errors: a failed look is never an empty one."""
    with there.models() as connection:
        stored = stored_models.every(connection, there.salt_key())
    with there.rows() as connection:
        rows = models_table.every(connection)
    return Inventory(
        stored,
        there.gateway().served(),
        rows,
        there.entities(VirtualKeys).every(),
        there.entities(Teams).every(),
    )


def undeclared_models(found: Inventory, settings: Settings) -> list[Deployment]:
    """The stored deployments that the stack does not declare, by model_name."""
    declared = [found.of(spec, names.model_id(spec.model_name, spec.deployment)) for spec in settings.models]
    known = {one.id for one in declared if one}
    return [one for one in found.deployments if one.id in found.stored and one.id not in known]


def undeclared_keys(found: Inventory, declared: Sequence[VirtualKeySpec]) -> list[Mapping[str, Any]]:
    """The keys that the stack neither declares nor makes for a part of its own."""
    aliases = {names.CHAT, names.MONITORING, *(spec.alias for spec in declared)}
    return [found.named(key) for key in found.keys if key.get("key_alias") not in aliases]


def undeclared_teams(found: Inventory, declared: Sequence[TeamSpec]) -> list[Mapping[str, Any]]:
    """The teams that the stack does not declare."""
    aliases = {spec.alias for spec in declared}
    return [team for team in found.teams if team.get("team_alias") not in aliases]
