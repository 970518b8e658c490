"""Whether the user may do everything that a deployment will."""

from collections.abc import Iterator, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass

from litemaas_infra.clients.cluster import Cluster
from litemaas_infra.errors import ClusterRefused
from litemaas_infra.kube.kinds import NAMESPACE, Kind

_AUTHORIZATION = "authorization.k8s.io/v1"


@dataclass(frozen=True)
class Act:
    """One verb on one kind in the namespace."""

    verb: str
    kind: Kind
    namespace: str

    @property
    def attributes(self) -> dict[str, str]:
        """The act as the API takes it."""
        nowhere = self.kind.of_cluster or (self.kind is NAMESPACE and self.verb == "create")
        namespace = "" if nowhere else self.namespace
        name = self.namespace if self.kind is NAMESPACE else ""
        what = {"group": self.kind.group, "resource": self.kind.resource, "subresource": self.kind.part}
        return {"verb": self.verb, "namespace": namespace, "name": name, **what}


def problems(cluster: Cluster, threads: Executor, namespace: str, kinds: Sequence[Kind]) -> list[str]:
    """What the user may not do, in one line; nothing for one who may do everything."""
    if _allowed(cluster, {"verb": "*", "group": "*", "resource": "*"}):
        return []
    acts = list(_acts(cluster, namespace, kinds))
    answers = threads.map(lambda act: _allowed(cluster, act.attributes), acts)
    denied = [act for act, allowed in zip(acts, answers, strict=True) if not allowed]
    return [_told(cluster, namespace, denied)] if denied else []


def _acts(cluster: Cluster, namespace: str, kinds: Sequence[Kind]) -> Iterator[Act]:
    for kind in kinds:
        for verb in kind.verbs:
            if (kind, verb) != (NAMESPACE, "create") or not _exists(cluster, namespace):
                yield Act(verb, kind, namespace)


def _exists(cluster: Cluster, namespace: str) -> bool:
    try:
        return cluster.get("v1", f"namespaces/{namespace}") is not None
    except ClusterRefused:  # one who may not look at it may not make it either
        return False


def _allowed(cluster: Cluster, attributes: dict[str, str]) -> bool:
    question = {"apiVersion": _AUTHORIZATION, "kind": "SelfSubjectAccessReview"}
    whole = {**question, "spec": {"resourceAttributes": attributes}}
    answer = cluster.ask(_AUTHORIZATION, "selfsubjectaccessreviews", whole) or {}
    return bool((answer.get("status") or {}).get("allowed"))


def _told(cluster: Cluster, namespace: str, denied: Sequence[Act]) -> str:
    verbs: dict[str, list[str]] = {}
    for act in denied:
        verbs.setdefault(str(act.kind), []).append(act.verb)
    listed = "; ".join(f"{', '.join(of_kind)} {kind}" for kind, of_kind in verbs.items())
    user = _user(cluster)
    return (
        f"{user or 'your login'} may not do what this stack needs in namespace {namespace}: {listed}. "
        "Log in as someone who may, or ask an administrator: oc adm policy add-role-to-user admin "
        f"{user or 'USER'} -n {namespace} (and, to make, label and delete the namespace, a cluster role)"
    )


def _user(cluster: Cluster) -> str | None:
    question = {"apiVersion": "authentication.k8s.io/v1", "kind": "SelfSubjectReview"}
    try:
        answer = cluster.ask("authentication.k8s.io/v1", "selfsubjectreviews", question) or {}
    except ClusterRefused:
        return None
    name: str | None = ((answer.get("status") or {}).get("userInfo") or {}).get("username")
    return name
