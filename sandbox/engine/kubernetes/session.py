"""What one provider process knows: its settings, its cluster once there is one, the engine's log."""

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field

from sandbox.engine.kubernetes.api import Cluster
from sandbox.engine.kubernetes.applying import Applier
from sandbox.engine.kubernetes.awaiting import Waiting
from sandbox.engine.kubernetes.errors import ProviderError, RefusedError, UnreachableError
from sandbox.engine.kubernetes.kubeconfig import access
from sandbox.engine.kubernetes.log import Log
from sandbox.engine.kubernetes.settings import Settings

GREETING = (
    "Kubernetes resources are served by the sandbox's stand-in for pulumi-resource-kubernetes, "
    "which is neither installed nor in reach."
)

FORGETTING = "PULUMI_K8S_DELETE_UNREACHABLE=true makes Pulumi forget the objects of a cluster that is gone"


@dataclass
class Session:
    """Configured once by the engine, then shared by all calls."""

    log: Log
    settings: Settings = field(default_factory=Settings)
    stopping: threading.Event = field(default_factory=threading.Event)
    _cluster: Cluster | None = None
    _trouble: str = "the provider is not configured yet"

    def configure(self, variables: Mapping[str, str]) -> None:
        """Take the settings; a cluster out of reach fails later, so that previews without it work."""
        self.settings = Settings.read(variables)
        self.log.note(GREETING)
        self.close()
        try:
            chosen = access(
                self.settings.kubeconfig, context=self.settings.context, cluster=self.settings.cluster
            )
            self._cluster = Cluster(chosen, self.settings.namespace)
        except ProviderError as error:
            self._trouble = str(error)

    def close(self) -> None:
        """Give the cluster's connections back."""
        if self._cluster is not None:
            self._cluster.close()
        self._cluster = None

    @property
    def cluster(self) -> Cluster | None:
        """The cluster, if the settings name one."""
        return self._cluster

    def reachable(self) -> Cluster:
        """The cluster. Raises UnreachableError, RefusedError."""
        if not self.settings.server_side_apply:
            raise RefusedError("the stand-in for the Kubernetes provider knows server-side apply only")
        if self._cluster is None:
            raise UnreachableError(self._trouble)
        return self._cluster

    @contextmanager
    def forgetting(self) -> Iterator[None]:
        """Pass over a cluster out of reach if the settings say so, else raise UnreachableError."""
        try:
            yield
        except UnreachableError as error:
            if not self.settings.delete_unreachable:
                raise UnreachableError(f"{error} ({FORGETTING})") from error

    def applier(self) -> Applier:
        """What applies wishes to the cluster."""
        return Applier(self.reachable(), self.settings, self.log, self.stopping)

    def waiting(self, urn: str) -> Waiting:
        """What waits for the resource's object."""
        return Waiting(self.reachable(), self.stopping, lambda text: self.log.status(text, urn))
