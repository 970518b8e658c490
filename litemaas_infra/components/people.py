"""Those whom a stack's keys belong to, and the budgets that keys have."""

from collections.abc import Mapping, Sequence

import pulumi

from litemaas_infra.components.place import Place
from litemaas_infra.providers.member import Member
from litemaas_infra.providers.people import Budget, Team, User
from litemaas_infra.providers.site import Site
from litemaas_infra.specs.budget import BudgetSpec
from litemaas_infra.specs.team import TeamSpec
from litemaas_infra.specs.user import UserSpec

Ids = Mapping[str, pulumi.Output[str]]


class People(pulumi.ComponentResource):
    """Every declared team, user and budget, each kind as LiteLLM's ids by the declared names.

    What is made after `members` finds all users in their teams.
    """

    teams: Ids
    users: Ids
    budgets: Ids
    members: Sequence[pulumi.Resource]

    def __init__(
        self,
        name: str,
        *,
        place: Place,
        site: Site,
        teams: Sequence[TeamSpec],
        users: Sequence[UserSpec],
        budgets: Sequence[BudgetSpec],
        after: Sequence[pulumi.Resource],
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        super().__init__("litemaas:index:People", name, {}, opts)
        served = place.served(self, *after)
        self.teams = {spec.called: Team(f"team-{spec.called}", site, spec, served).id for spec in teams}
        known = {spec.called: User(f"user-{spec.called}", site, spec, served) for spec in users}
        self.users = {user_id: user.id for user_id, user in known.items()}
        self.budgets = {
            spec.called: Budget(f"budget-{spec.called}", site, spec, served).id for spec in budgets
        }
        self.members = [
            Member(
                f"member-{team.called}-{member.called}",
                site=site,
                team=self.teams[team.called],
                spec=member,
                # LiteLLM would make the user, otherwise than declared.
                opts=place.served(self, *filter(None, [known.get(member.called)])),
            )
            for team in teams
            for member in team.members
        ]
        self.register_outputs({})
