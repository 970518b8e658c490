"""The rollout of a workload, waited for: what comes after it finds it ready, or is not begun."""

from collections.abc import Mapping
from typing import Any

import pulumi
from pulumi.dynamic import CreateResult, DiffResult, ReadResult, Resource, UpdateResult

from litemaas_infra.clients import rollout
from litemaas_infra.errors import NotInCluster
from litemaas_infra.providers.base import Props, Provider, changes, say
from litemaas_infra.providers.session import session
from litemaas_infra.providers.site import Site

_KEYS = ("site", "kind", "workload", "revision")


class RolloutProvider(Provider):
    """Waits. Pulumi's Kubernetes provider would too, but ten minutes long for what can never be."""

    def create(self, props: Props) -> CreateResult:
        """Wait until the pods are what was declared. Raises RolloutFailed."""
        self._wait(props)
        return CreateResult(f"{props['kind']}/{props['workload']}", props)

    def read(self, id_: str, props: Props) -> ReadResult:
        """Of which declaration the pods are now; of none while they are not ready, so that `up` waits."""
        found = {**props, "revision": self._revision(props)}
        return ReadResult(id_, found, {key: found[key] for key in _KEYS})

    def diff(self, id_: str, olds: Props, news: Props) -> DiffResult:
        """Another declaration of the workload is another rollout."""
        del id_
        return changes(olds, news, _KEYS)

    def update(self, id_: str, olds: Props, news: Props) -> UpdateResult:
        """Wait for the new rollout."""
        del id_, olds
        self._wait(news)
        return UpdateResult(news)

    def _wait(self, props: Props) -> None:
        cluster, workload = session(Site.of(props)).cluster(), _workload(props)
        if workload.kind == "Job":
            rollout.try_again(cluster, workload)
        rollout.wait(cluster, workload, say)

    def _revision(self, props: Props) -> str:
        try:
            found = rollout.find(session(Site.of(props)).cluster(), _workload(props))
        except NotInCluster:
            return ""
        return "" if rollout.unfinished(found) else rollout.revision(found)


def _workload(props: Props) -> rollout.Workload:
    return rollout.Workload(props["kind"], Site.of(props).namespace, props["workload"])


class Rollout(Resource, module="litemaas", name="Rollout"):
    """The rollout of a Deployment, StatefulSet or Job that Pulumi itself does not wait for."""

    def __init__(
        self,
        name: str,
        *,
        site: Site,
        kind: str,
        workload: pulumi.Input[str],
        metadata: pulumi.Output[Any],
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        # No more of the site than the way to the workload: other settings are no reason to wait.
        place = Site(site.namespace, site.context).props
        which = {"kind": kind, "workload": workload, "revision": metadata.apply(_revision)}
        super().__init__(RolloutProvider(), name, {"site": place, **which}, opts)


def _revision(metadata: Mapping[str, Any]) -> str:
    # A preview of what is not made yet has neither.
    return f"{metadata.get('uid')}/{int(metadata.get('generation') or 0)}"
