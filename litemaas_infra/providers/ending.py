"""The end of a workload's pods, waited for: what goes after it finds none of them."""

from typing import Final

import pulumi
from pulumi.dynamic import CreateResult, DiffResult, Resource, UpdateResult

from litemaas_infra.clients import rollout
from litemaas_infra.providers.base import Props, Provider, changes
from litemaas_infra.providers.session import session
from litemaas_infra.providers.site import Site

_KEYS: Final = ("site", "app", "grace")


class EndingProvider(Provider):
    """Does nothing until it is deleted, which is after the workload that depends on it."""

    def create(self, props: Props) -> CreateResult:
        """Nothing to do."""
        return CreateResult(props["app"], props)

    def diff(self, id_: str, olds: Props, news: Props) -> DiffResult:
        """Another pace is no reason to end anything."""
        del id_
        return changes(olds, news, _KEYS)

    def update(self, id_: str, olds: Props, news: Props) -> UpdateResult:
        """Nothing to do."""
        del id_, olds
        return UpdateResult(news)

    def delete(self, id_: str, props: Props) -> None:
        """Wait until the pods have ended."""
        site = Site.of(props)
        rollout.hasten(session(site).cluster(), site.namespace, id_, int(props["grace"]))


class Ending(Resource, module="litemaas", name="Ending"):
    """The end of an app's pods, in `grace` seconds, where they may take minutes for their last answers."""

    def __init__(
        self, name: str, *, site: Site, app: str, grace: int, opts: pulumi.ResourceOptions | None = None
    ) -> None:
        place = Site(site.namespace, site.context).props
        super().__init__(EndingProvider(), name, {"site": place, "app": app, "grace": grace}, opts)
