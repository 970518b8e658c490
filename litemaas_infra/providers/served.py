"""The end of a registration: every ready replica of the gateway serves every declared model."""

import time
from collections.abc import Iterator
from typing import Final

import pulumi
from pulumi.dynamic import CreateResult, DiffResult, Resource, UpdateResult

from litemaas_infra import names
from litemaas_infra.clients.litellm import Gateway
from litemaas_infra.clients.portforward import forwarded, is_ready
from litemaas_infra.errors import ModelUnserved
from litemaas_infra.providers.base import Props, Provider, changes
from litemaas_infra.providers.session import Session, session
from litemaas_infra.providers.site import Site

LAG: Final = 75.0
"""Seconds to wait: a replica reads what others have saved every 30 s, and reading takes its time."""
_PAUSE: Final = 2.0


class ServedProvider(Provider):
    """Waits, once for all models: a wait in each would add up."""

    def create(self, props: Props) -> CreateResult:
        """Wait until all are served. Raises ModelUnserved, which names who lags with what."""
        _await(session(Site.of(props)), frozenset(props["ids"]))
        return CreateResult("served", props)

    def diff(self, id_: str, olds: Props, news: Props) -> DiffResult:
        """Another set of models has to be waited for."""
        del id_
        return changes(olds, news, ("site", "ids"))

    def update(self, id_: str, olds: Props, news: Props) -> UpdateResult:
        """Wait until all are served."""
        del id_, olds
        _await(session(Site.of(news)), frozenset(news["ids"]))
        return UpdateResult(news)


def _await(there: Session, ids: frozenset[str]) -> None:
    deadline = time.monotonic() + LAG
    while lacking := _lacking(there, ids):
        if time.monotonic() > deadline:
            lags = "; ".join(f"{pod} lacks {len(missing)} of {len(ids)}" for pod, missing in lacking.items())
            raise ModelUnserved(
                f"after {LAG:.0f} s not every replica of the gateway serves the models: {lags}. Its log says "
                f"why: oc logs {next(iter(lacking))} -n {there.site.namespace}; then run again"
            )
        time.sleep(_PAUSE)


def _lacking(there: Session, ids: frozenset[str]) -> dict[str, frozenset[str]]:
    """The replicas that do not serve all of the ids yet, with those they lack."""
    found = {pod: ids - served for pod, served in _served(there)}
    return {pod: missing for pod, missing in found.items() if missing}


def _served(there: Session) -> Iterator[tuple[str, frozenset[str]]]:
    """What each ready replica serves; the only one is asked by the way that everyone takes."""
    namespace, selector = there.site.namespace, f"app={names.GATEWAY}"
    pods = (there.cluster().get("v1", "pods", namespace, selector) or {}).get("items", [])
    ready = [str(pod["metadata"]["name"]) for pod in pods if is_ready(pod)]
    if len(ready) < 2:  # noqa: PLR2004 - a replica, and another
        yield ready[0] if ready else f"deployment/{names.GATEWAY}", frozenset(there.gateway().served())
        return
    for pod in ready:
        with (
            forwarded(there.cluster(), namespace, pod, names.GATEWAY_PORT) as port,
            there.inside(port) as wire,
        ):
            yield pod, frozenset(Gateway(wire).served())


class Served(Resource, module="litemaas", name="Served"):
    """Made once every ready replica serves the models of these ids."""

    def __init__(
        self, name: str, *, site: Site, ids: list[pulumi.Output[str]], opts: pulumi.ResourceOptions
    ) -> None:
        super().__init__(ServedProvider(), name, {"site": site.props, "ids": ids}, opts)
