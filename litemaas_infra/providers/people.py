"""Teams, users and budgets of the gateway; the id of each resource is LiteLLM's."""

from typing import ClassVar

import pulumi
from pulumi.dynamic import Resource

from litemaas_infra.clients.people import Budgets, Teams, Users
from litemaas_infra.providers.entity import EntityProvider
from litemaas_infra.providers.site import Site
from litemaas_infra.specs.budget import BudgetSpec
from litemaas_infra.specs.entity import Entity
from litemaas_infra.specs.team import TeamSpec
from litemaas_infra.specs.user import UserSpec


class TeamProvider(EntityProvider):
    """Makes, reads, changes and deletes teams."""

    SPEC: ClassVar = TeamSpec
    CLIENT: ClassVar = Teams


class UserProvider(EntityProvider):
    """Makes, reads, changes and deletes users."""

    SPEC: ClassVar = UserSpec
    CLIENT: ClassVar = Users


class BudgetProvider(EntityProvider):
    """Makes, reads, changes and deletes budgets."""

    SPEC: ClassVar = BudgetSpec
    CLIENT: ClassVar = Budgets


class Team(Resource, module="litemaas", name="Team"):
    """A team."""

    def __init__(self, name: str, site: Site, spec: TeamSpec, opts: pulumi.ResourceOptions) -> None:
        super().__init__(TeamProvider(), name, _inputs(site, spec), opts)


class User(Resource, module="litemaas", name="User"):
    """A user."""

    def __init__(self, name: str, site: Site, spec: UserSpec, opts: pulumi.ResourceOptions) -> None:
        super().__init__(UserProvider(), name, _inputs(site, spec), opts)


class Budget(Resource, module="litemaas", name="Budget"):
    """A budget."""

    def __init__(self, name: str, site: Site, spec: BudgetSpec, opts: pulumi.ResourceOptions) -> None:
        super().__init__(BudgetProvider(), name, _inputs(site, spec), opts)


def _inputs(site: Site, spec: Entity) -> dict[str, object]:
    return {"site": site.props, **spec.fields}
