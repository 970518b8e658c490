"""What keeps the data in its place: a change that would move the deployment away from it is refused."""

from typing import Final

import pulumi
from pulumi.dynamic import CreateResult, DiffResult, Resource, UpdateResult

from litemaas_infra.errors import DataProtected
from litemaas_infra.providers.base import Props, Provider, changes
from litemaas_infra.specs.database import Database

_WITH_VOLUMES: Final = ("own", "cnpg")
"""Kinds of database whose server belongs to the stack."""


class ProtectionProvider(Provider):
    """Remembers where the data is. Everything else of the stack comes after it, so it refuses first."""

    def create(self, props: Props) -> CreateResult:
        """Remember the place."""
        return CreateResult(props["namespace"], props)

    def diff(self, id_: str, olds: Props, news: Props) -> DiffResult:
        """Refuse another namespace: everything in the old one would be replaced, its volume included."""
        del id_
        old, new = olds["namespace"], news["namespace"]
        if old != new:
            raise DataProtected(
                f"changing litemaas:namespace from {old} to {new} would replace the database with an empty "
                f"one. Keep it (pulumi config set litemaas:namespace {old}), or deploy a second stack "
                "(pulumi stack init NAME)"
            )
        if olds["database"] in _WITH_VOLUMES and olds["database"] != news["database"]:
            _refuse_leaving(olds, news)
        return changes(olds, news, ("namespace", "database", "leave_volumes", "protect"))

    def update(self, id_: str, olds: Props, news: Props) -> UpdateResult:
        """Nothing to do: the place is what it was."""
        del id_, olds
        return UpdateResult(news)


def _refuse_leaving(olds: Props, news: Props) -> None:
    """A server of the stack's own goes with its volumes when another kind takes its place."""
    old, new = olds["database"], news["database"]
    keep = f"Keep it (pulumi config set --path litemaas:database.kind {old})"
    if not news["leave_volumes"]:
        raise DataProtected(
            f"changing litemaas:database.kind from {old} to {new} would delete the database's volume, and "
            f"all data with it. {keep}, or deploy a second stack (pulumi stack init NAME); or, once the data "
            "is copied or not needed any more, let it go "
            "(pulumi config set --path litemaas:database.leaveVolumes true)"
        )
    if olds["protect"]:  # Pulumi asks what was, and would refuse with half of the change done
        raise DataProtected(
            f"changing litemaas:database.kind from {old} to {new} would delete the database's volume, which "
            f"litemaas:protectData keeps. {keep}, and end the protection first, in an `up` of its own "
            "(pulumi config set litemaas:protectData false)"
        )


class Protection(Resource, module="litemaas", name="Protection"):
    """The place of the data, under a name that Pulumi repeats when it refuses to destroy it."""

    def __init__(
        self,
        name: str,
        *,
        namespace: str,
        database: Database,
        opts: pulumi.ResourceOptions,
    ) -> None:
        inputs = {
            "namespace": namespace,
            "database": database.kind,
            "leave_volumes": database.leave_volumes,
            "protect": opts.protect,
        }
        super().__init__(ProtectionProvider(), name, inputs, opts)


class SealProvider(Provider):
    """Makes nothing, and has nothing to change."""

    def create(self, props: Props) -> CreateResult:
        """Put it on."""
        return CreateResult("sealed", props)

    def diff(self, id_: str, olds: Props, news: Props) -> DiffResult:
        """One seal is like the other."""
        del id_
        return changes(olds, news, ())


class Seal(Resource, module="litemaas", name="Seal"):
    """What is made after everything else, and so deleted before it: protected, it keeps all of it.

    Pulumi deletes as it goes. Were only what holds data protected, a refused `pulumi destroy` would have
    taken the gateway and its models already.
    """

    def __init__(self, name: str, *, opts: pulumi.ResourceOptions) -> None:
        super().__init__(SealProvider(), name, {}, opts)
