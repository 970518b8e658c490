"""The look before anything is touched: one pass over the cluster, and one error for all that is wrong.

Whether an image can be had is not asked: that depends on the nodes' own way to its registry and on their
credentials, so only a pod can tell, and a Rollout says it as soon as one does.
"""

from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from typing import Any, Final

from litemaas_infra import names
from litemaas_infra.clients.cluster import Cluster
from litemaas_infra.errors import ClusterMismatch, ClusterRefused, ClusterUnreachable, LiteMaaSError
from litemaas_infra.kube import kinds
from litemaas_infra.kube.backend import checked_backend
from litemaas_infra.kube.exposure import checked_exposure
from litemaas_infra.kube.looks import (
    apis,
    database,
    permissions,
    platform,
    predecessor,
    pulling,
    quota,
    ranges,
    space,
)
from litemaas_infra.kube.volume import Volume, backups_volume, chat_volume, volume_for
from litemaas_infra.specs.shape import Shape

USER: Final = 10001
"""Whom pods run as where no OpenShift gives them a user: one that, as there, no image knows."""
_THREADS: Final = 24
"""More than there are looks, for one of them asks for many things at once on the same threads."""


@dataclass(frozen=True)
class Wanted:
    """What a stack asks of its cluster."""

    namespace: str
    volume: Volume
    shape: Shape = field(default_factory=Shape)
    platform: str | None = None
    """As OpenShift names it; any where none is named."""
    pull_secrets: Sequence[str] = ()


@dataclass(frozen=True)
class Ground:
    """What the look at the cluster came to."""

    volume: Volume | None
    """None where the data is on someone else's server."""
    shape: Shape
    """With the cluster's own classes, and what follows from its domain: a backend's host and issuer."""
    user: int | None
    """Whom pods run as, and whose group their volumes are given to; none where the cluster chooses."""
    chat_volume: Volume | None
    """None where no chat is deployed."""
    backups_volume: Volume | None
    """None where backups are kept elsewhere, or none are made."""
    apps_domain: str | None
    """The domain below which Routes get their hosts; none where the cluster does not say."""


def check(context: str | None, wanted: Wanted) -> Ground:
    """Look at the cluster.

    Raises ClusterMismatch, which names all that is wrong and what mends it, or ClusterUnreachable.
    """
    with Cluster(context=context) as cluster, ThreadPoolExecutor(_THREADS) as threads:
        ask, namespace, shape = threads.submit, wanted.namespace, wanted.shape
        volume = ask(volume_for, cluster, namespace, wanted.volume, shape.database.kind)
        uploads = ask(chat_volume, cluster, namespace, wanted.volume.storage_class, shape.chat)
        backups = ask(backups_volume, cluster, namespace, wanted.volume.storage_class, shape.backup)
        exposure = ask(checked_exposure, cluster, namespace, shape.exposure)
        backend = ask(checked_backend, cluster, namespace, shape.exposure, shape.backend)
        openshift = ask(cluster.serves, names.OPENSHIFT)
        domain = ask(platform.apps_domain, cluster)
        needed = kinds.needed(shape)
        rights = ask(permissions.problems, cluster, threads, namespace, needed)
        looks: list[Future[Any]] = [
            ask(platform.problems, cluster, wanted.platform),
            ask(apis.problems, cluster, needed),
            ask(space.problems, cluster, namespace),
            ask(pulling.problems, cluster, namespace, wanted.pull_secrets),
            ask(database.problems, cluster, namespace, shape.database),
            ask(predecessor.problems, cluster, namespace, shape),
            ask(quota.problems, cluster, namespace, shape, wanted.volume.size),
            ask(ranges.problems, cluster, namespace, shape, wanted.volume.size),
        ]
        _refuse(cluster, rights, [volume, uploads, backups, exposure, backend, openshift, domain, *looks])
        user = None if openshift.result() else USER
        found = replace(shape, exposure=exposure.result(), backend=backend.result())
        return Ground(volume.result(), found, user, uploads.result(), backups.result(), domain.result())


def _refuse(cluster: Cluster, rights: Future[list[str]], answers: Sequence[Future[Any]]) -> None:
    denied = _problems(rights)
    # What a look may not see is among what is denied, and told once.
    found = [problem for answer in answers for problem in _problems(answer, seeing=not denied)]
    problems = [*found, *denied]
    if problems:
        listed = "\n  ".join(dict.fromkeys(problems))
        raise ClusterMismatch(f"the cluster at {cluster.server} cannot take this stack:\n  {listed}")


def _problems(answer: Future[Any], *, seeing: bool = True) -> list[str]:
    try:
        found = answer.result()
    except ClusterUnreachable:
        raise
    except ClusterRefused as error:
        return [str(error)] if seeing else []
    except LiteMaaSError as error:
        return [str(error)]
    return found if isinstance(found, list) else []
