"""A membership of a user in a team of the gateway; the id of the resource is that of both."""

from typing import Final

import pulumi
from pulumi.dynamic import CreateResult, DiffResult, ReadResult, Resource, UpdateResult

from litemaas_infra.clients.members import Members
from litemaas_infra.errors import DataProtected
from litemaas_infra.providers.base import UNSEEN, Props, Provider, changes, gone, unseen
from litemaas_infra.providers.session import session
from litemaas_infra.providers.site import Site
from litemaas_infra.specs.member import MemberSpec

_KEYS: Final = ("site", "team", *MemberSpec.NAMES)


class MemberProvider(Provider):
    """Makes, reads, changes and ends memberships. Every step may be repeated after an interruption."""

    def create(self, props: Props) -> CreateResult:
        """Make the user a member, or make the member that they are what is declared."""
        _ensure(props)
        return CreateResult(f"{props['team']}/{props['user_id']}", props)

    def read(self, id_: str, props: Props) -> ReadResult:
        """What the team says of them; gone if they are none of it."""
        there = session(Site.of(props))
        try:
            if not there.exists():
                return gone()
            found = there.members().find(props["team"], props["user_id"])
        except UNSEEN as why:
            return unseen(id_, props, why)
        return ReadResult(id_, {**props, **MemberSpec.seen(found)}) if found else gone()

    def diff(self, id_: str, olds: Props, news: Props) -> DiffResult:
        """In another team it is another membership."""
        del id_
        return changes(olds, news, _KEYS, replaces=("team",))

    def update(self, id_: str, olds: Props, news: Props) -> UpdateResult:
        """Make it what is declared now."""
        del id_, olds
        _ensure(news)
        return UpdateResult(news)

    def delete(self, id_: str, props: Props) -> None:
        """End it, unless keys that others made would end with it."""
        del id_
        there = session(Site.of(props))
        with there.unless_gone():
            _forget(there.members(), props["team"], props["user_id"])


def _ensure(props: Props) -> None:
    session(Site.of(props)).members().ensure(props["team"], MemberSpec.of(props))


def _forget(members: Members, team: str, user_id: str) -> None:
    if keys := members.keys(team, user_id):
        raise DataProtected(
            f"member {user_id!r} of team {team!r} has keys that are not this stack's: {', '.join(keys)}; "
            "LiteLLM would delete them with the membership: delete or change them in the admin UI under "
            "Virtual Keys, and run again"
        )
    members.forget(team, user_id)


class Member(Resource, module="litemaas", name="Member"):
    """A user's membership in the team of that id."""

    def __init__(
        self,
        name: str,
        *,
        site: Site,
        team: pulumi.Input[str],
        spec: MemberSpec,
        opts: pulumi.ResourceOptions,
    ) -> None:
        super().__init__(MemberProvider(), name, {"site": site.props, "team": team, **spec.fields}, opts)
