"""Every kind this program declares or looks at, with what it does to it.

The look before a deployment asks the cluster for exactly this, so a kind that is declared belongs here too.
"""

from dataclasses import dataclass
from typing import Final

from litemaas_infra import names
from litemaas_infra.specs.shape import Shape

OWNED: Final = ("get", "list", "watch", "create", "patch", "delete")
"""What Pulumi does to an object it declares; it waits for its end by watching it."""


@dataclass(frozen=True)
class Kind:
    """A kind by its API and plural name (`pods/log` for a part of one), and what is done to it."""

    api: str
    plural: str
    verbs: tuple[str, ...] = OWNED
    of_cluster: bool = False
    """Whether it is in no namespace."""
    otherwise: str = ""
    """What to do where a cluster does not know it, unless that goes without saying."""

    @property
    def group(self) -> str:
        """The API's group; empty for the core."""
        return self.api.rpartition("/")[0]

    @property
    def resource(self) -> str:
        """The plural name without a part of it."""
        return self.plural.partition("/")[0]

    @property
    def part(self) -> str:
        """`log` of `pods/log`; empty for the whole."""
        return self.plural.partition("/")[2]

    def __str__(self) -> str:
        whole = f"{self.resource}.{self.group}".rstrip(".")
        return f"{whole}/{self.part}" if self.part else whole


NAMESPACE: Final = Kind("v1", "namespaces", ("get", "create", "patch", "delete"))
"""In itself, as the API has it; whoever makes one does that in none."""
ALWAYS: Final = (
    NAMESPACE,
    Kind("v1", "secrets"),
    Kind("v1", "services"),
    Kind("v1", "serviceaccounts"),
    Kind("networking.k8s.io/v1", "networkpolicies"),
    Kind("apps/v1", "deployments"),
    Kind("batch/v1", "jobs"),
    # What is looked at while pods start, and the way to the database.
    Kind("apps/v1", "replicasets", ("list",)),
    Kind("v1", "events", ("list",)),
    Kind("v1", "pods", ("get", "list", "delete")),
    Kind("v1", "pods/log", ("get",)),
    Kind("v1", "pods/portforward", ("get", "create")),
)
CLAIM: Final = Kind("v1", "persistentvolumeclaims")
STATEFUL_SET: Final = Kind("apps/v1", "statefulsets")
CNPG: Final = (Kind(names.CNPG, "clusters"), Kind(names.CNPG, "databases"))
_UNWATCHED: Final = (
    "let its administrators install the Prometheus operator, or "
    f"pulumi config set --path {names.PROJECT}:monitoring.enabled false"
)
MONITORS: Final = tuple(
    Kind(names.MONITORS, plural, otherwise=_UNWATCHED) for plural in ("servicemonitors", "prometheusrules")
)
STORAGE: Final = Kind("storage.k8s.io/v1", "storageclasses", ("list",), of_cluster=True)
ROUTE: Final = Kind("route.openshift.io/v1", "routes")
OWN_HOST: Final = Kind("route.openshift.io/v1", "routes/custom-host", ("create",))
"""OpenShift's own permission for a Route that has a host, a certificate or an authority of its own."""
INGRESS: Final = Kind("networking.k8s.io/v1", "ingresses")
INGRESS_CLASS: Final = Kind("networking.k8s.io/v1", "ingressclasses", ("list",), of_cluster=True)
DISRUPTIONS: Final = Kind("policy/v1", "poddisruptionbudgets")
AUTOSCALER: Final = Kind("autoscaling/v2", "horizontalpodautoscalers")
CRON_JOB: Final = Kind("batch/v1", "cronjobs")
CONFIG_MAP: Final = Kind("v1", "configmaps")
SERVICE_CA: Final = Kind("v1", "configmaps", ("get",))
"""Of the authority that a gateway's own certificate is made by."""
OAUTH_CLIENT: Final = Kind("oauth.openshift.io/v1", "oauthclients", of_cluster=True)


def needed(shape: Shape) -> tuple[Kind, ...]:
    """The kinds of a stack with these parts."""
    exposure, backend, database, scale = shape.exposure, shape.backend, shape.database, shape.scale
    volumes = shape.chat.enabled or shape.backup.kind == "volume"
    chats_host = shape.chat.enabled and shape.chat.host
    served_by_own = exposure.reencrypts and exposure.serving_secret is not None
    own = (exposure.host, exposure.certificate, served_by_own, backend.enabled, chats_host)
    gateways_authority = exposure.kind != "internal" and exposure.authority is not None
    databases_authority = database.checked and database.server.authority is not None
    scripts = shape.backup.made or shape.takeover.wanted
    texts = (shape.configured, gateways_authority, databases_authority, backend.enabled, scripts)
    chosen = {
        CLAIM: database.kind == "own" or volumes,
        STATEFUL_SET: database.kind == "own",
        **dict.fromkeys(CNPG, database.kind == "cnpg"),
        STORAGE: database.kind != "existing" or volumes,
        ROUTE: exposure.kind == "route",
        OWN_HOST: exposure.kind == "route" and any(own),
        INGRESS: exposure.kind == "ingress",
        INGRESS_CLASS: exposure.kind == "ingress",
        CONFIG_MAP: any(texts),
        SERVICE_CA: exposure.reencrypts and not served_by_own,
        OAUTH_CLIENT: backend.at_openshift,
        DISRUPTIONS: scale.most > 1,
        **dict.fromkeys(MONITORS, shape.monitoring.enabled),
        CRON_JOB: shape.backup.made,
        AUTOSCALER: scale.max_replicas is not None,
    }
    return (*ALWAYS, *(kind for kind, used in chosen.items() if used))
