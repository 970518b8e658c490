"""What is to be done by hand while a deployment of the Ansible collection is taken over, as it is typed."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from litemaas_infra import names
from litemaas_infra.clients.cluster import Cluster
from litemaas_infra.clients.predecessor import Predecessor

_Known = Mapping[tuple[str, str], tuple[str, ...]]
_WRITERS: Final[_Known] = {("batch/v1", "cronjobs"): ("litemaas-key-cleanup",)}
_LEFT: Final[_Known] = {
    ("v1", "services"): ("litellm-backend", "litellm-frontend"),
    ("v1", "configmaps"): ("litemaas-postgres-init", "litemaas-key-cleanup-script", "litellm-custom-logo"),
    ("v1", "secrets"): ("litemaas-db",),
    ("networking.k8s.io/v1", "networkpolicies"): (
        "allow-from-openshift-ingress",
        "allow-intra-namespace",
        "allow-postgres-from-litellm-only",
        "allow-redis-from-litellm-only",
    ),
}
"""What one or another version of it has that does no harm until all is well."""
_KEPT: Final = "former.yaml"


@dataclass(frozen=True)
class Step:
    """A line to type, and what it is for."""

    line: str
    purpose: str


def steps(cluster: Cluster, namespace: str, former: Predecessor, client: str | None) -> Iterator[Step]:
    """In the order in which they are to be done; `client` is the backend's name where users log in."""
    writers = _there(cluster, namespace, _WRITERS)
    going = " ".join([*former.in_the_way, *writers, *_foreign_client(cluster, client)])
    if going:
        yield Step(
            f"(umask 077; oc get -n {namespace} -o yaml {going} secret/{names.GATEWAY_SECRET} > {_KEPT})",
            f"keeps the way back, `oc replace --force -f {_KEPT}`; passwords are in it",
        )
        yield Step(
            f"oc delete -n {namespace} {going}",
            "stops what writes; none of it holds data, and from here on users wait. The playbook must never "
            "run again: it would empty the gateway's database",
        )
    yield Step("pulumi up", "copies the databases, counts their rows, and only then starts the gateway")
    yield Step("litemaas status; litemaas models adopt", "whether all is well, and what may be declared now")
    yield from _removal(cluster, namespace, former)


def _removal(cluster: Cluster, namespace: str, former: Predecessor) -> Iterator[Step]:
    server = [f"statefulset/{former.server}", f"service/{former.server}"]
    gone = " ".join([*server, *_there(cluster, namespace, _LEFT)])
    yield Step("pulumi config rm --path litemaas:takeover", "when all is well, for it is over then")
    yield Step(f"oc delete -n {namespace} {gone}", "removes what is left of the former deployment")
    yield Step(
        "pulumi up",
        f"forgets it. Its volume, postgres-storage-{former.server}-0, is yours to keep or delete; from here "
        "on `pulumi destroy` deletes it with the namespace",
    )


def _foreign_client(cluster: Cluster, client: str | None) -> Iterator[str]:
    """It is in no namespace, and a stack takes none that is not its own; its secret is in the namespace."""
    found = cluster.get(names.OAUTH, f"oauthclients/{client}") if client else None
    if found and names.PART_OF not in (found["metadata"].get("labels") or {}):
        yield f"oauthclient/{client}"


def _there(cluster: Cluster, namespace: str, known: _Known) -> Iterator[str]:
    """Those of them that the namespace has, as `oc` takes them."""
    for (version, kind), candidates in known.items():
        for name in candidates:
            if cluster.get(version, f"{kind}/{name}", namespace) is not None:
                yield f"{kind}/{name}"
