"""The backend's rows, kept in step with all of the gateway's models."""

from typing import Final

import pulumi
from pulumi.dynamic import CreateResult, DiffResult, ReadResult, Resource, UpdateResult

from litemaas_infra.clients import models_table, stored_models
from litemaas_infra.errors import DataProtected
from litemaas_infra.providers.base import UNSEEN, Props, Provider, changes, gone, say
from litemaas_infra.providers.session import Session, session
from litemaas_infra.providers.site import Site
from litemaas_infra.providers.snapshot import outdated
from litemaas_infra.specs.rows import Plan, Rows, planned

_KEYS: Final = ("site", "declared", "orphans", "most")


class RowsProvider(Provider):
    """Writes rows, and never takes an empty or a partial list of models for the whole of it."""

    def create(self, props: Props) -> CreateResult:
        """Bring the rows in step."""
        _bring(props)
        return CreateResult("rows", props)

    def read(self, id_: str, props: Props) -> ReadResult:
        """As it was: what is out of step, a diff finds."""
        return ReadResult(id_, props) if session(Site.of(props)).exists() else gone()

    def diff(self, id_: str, olds: Props, news: Props) -> DiffResult:
        """A change where rows are out of step, which is told."""
        del id_
        found = changes(olds, news, _KEYS)
        try:
            plan = str(_plan(session(Site.of(news)), news))
        except UNSEEN as why:
            say(f"nobody can look at the rows: {why}")
            return found
        if plan:
            say(f"rows out of step with the gateway: {plan}")
        found.changes = found.changes or bool(plan)
        return found

    def update(self, id_: str, olds: Props, news: Props) -> UpdateResult:
        """Bring the rows in step."""
        del id_, olds
        _bring(news)
        return UpdateResult(news)


def _bring(props: Props) -> None:
    site = Site.of(props)
    there = session(site)
    plan = _plan(there, props)
    if len(plan.orphans) > props["most"]:
        raise DataProtected(
            f"{len(plan.orphans)} rows have no model in the gateway any more ({', '.join(plan.orphans)}), "
            f"and no more than {props['most']:.0f} may be given up at a time. If they are gone for good: "
            f"pulumi config set --path litemaas:rows.most {len(plan.orphans)}"
        )
    try:
        _write(there, plan, delete=props["orphans"] == "delete")
    finally:
        outdated(site)


def _write(there: Session, plan: Plan, *, delete: bool) -> None:
    there.with_table()
    with there.rows() as rows:
        for row in plan.saved.values():
            models_table.save(rows, row)
        for name in plan.orphans:
            if not delete:
                models_table.retire(rows, name)
            elif claims := models_table.remove(rows, name):
                say(f"{name}: {claims} subscriptions and keys of users name it; its row is kept, unavailable")


def _plan(there: Session, props: Props) -> Plan:
    with there.models() as connection:
        stored = stored_models.every(connection, there.salt_key())
    served = there.gateway().served()
    with there.rows() as connection:
        rows = models_table.every(connection)
    plan = planned(served.values(), rows, props["declared"], props["orphans"])
    if not plan.orphans or (served and stored.keys() <= served.keys()):
        return plan
    say(
        f"the gateway serves {len(served)} deployments and has {len(stored)} stored; until it serves "
        "them all, no row is taken to be without a model"
    )
    return Plan(plan.saved, ())


class RowsInStep(Resource, module="litemaas", name="Rows"):
    """Rows beside those of the `declared` models, which their own resources keep."""

    def __init__(
        self, *, site: Site, declared: list[str], settings: Rows, opts: pulumi.ResourceOptions
    ) -> None:
        inputs = {
            "site": site.props,
            "declared": sorted(declared),
            "orphans": settings.orphans,
            "most": settings.most,
        }
        super().__init__(RowsProvider(), "rows", inputs, opts)
