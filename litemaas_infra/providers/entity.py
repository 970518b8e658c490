"""What the resources of keys, teams, users and budgets have in common."""

from typing import ClassVar

from pulumi.dynamic import CreateResult, DiffResult, ReadResult, UpdateResult

from litemaas_infra.clients.entities import Entities
from litemaas_infra.errors import DataProtected
from litemaas_infra.providers.base import UNSEEN, Props, Provider, changes, gone, unseen
from litemaas_infra.providers.session import session
from litemaas_infra.providers.site import Site
from litemaas_infra.specs.entity import Entity


class EntityProvider(Provider):
    """Makes, reads, changes and deletes entities of one kind, each under an id that follows from its name."""

    SPEC: ClassVar[type[Entity]]
    CLIENT: ClassVar[type[Entities]]

    def create(self, props: Props) -> CreateResult:
        """Make it, or make the one that is there what is declared."""
        spec = self.SPEC.of(props)
        return CreateResult(self._entities(props).make(spec, adopt=bool(props.get("adopt"))), props)

    def read(self, id_: str, props: Props) -> ReadResult:
        """What the gateway says of it; gone if it doesn't know it."""
        there = session(Site.of(props))
        try:
            if not there.exists():
                return gone()
            found = there.entities(self.CLIENT).find(id_)
        except UNSEEN as why:
            return unseen(id_, props, why)
        return ReadResult(id_, {**props, **self.SPEC.seen(found)}) if found else gone()

    def diff(self, id_: str, olds: Props, news: Props) -> DiffResult:
        """Nothing makes it another one: what is declared under another name is a resource of its own."""
        del id_
        return changes(olds, news, ("site", *self.SPEC.model_fields))

    def update(self, id_: str, olds: Props, news: Props) -> UpdateResult:
        """Make it what is declared now; its spend stays."""
        del olds
        self._entities(news).ensure(id_, self.SPEC.of(news))
        return UpdateResult(news)

    def delete(self, id_: str, props: Props) -> None:
        """Take it from the gateway; its keys, of which the stack's are gone by now, only on request."""
        there = session(Site.of(props))
        with there.unless_gone():
            self._forget(there.entities(self.CLIENT), id_, props)

    def _entities(self, props: Props) -> Entities:
        return session(Site.of(props)).entities(self.CLIENT)

    def _forget(self, entities: Entities, id_: str, props: Props) -> None:
        keys = [] if props.get("force_delete") else sorted(entities.keys(id_))
        if keys:
            forced = " or declare it again with `force_delete`," * ("force_delete" in self.SPEC.model_fields)
            raise DataProtected(
                f"{entities.KIND} {id_!r} has keys that are not this stack's: {', '.join(keys)}; delete or "
                f"change them in the admin UI under Virtual Keys,{forced} and run again"
            )
        entities.forget(id_)
