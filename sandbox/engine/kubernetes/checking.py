"""The inputs as the provider will apply them: named, in a namespace, in one form; or a refusal."""

from dataclasses import dataclass
from typing import Any

from pulumi.runtime.proto import provider_pb2

from sandbox.engine.kubernetes.api import Cluster
from sandbox.engine.kubernetes.errors import NoKindError, ProviderError, RefusedError
from sandbox.engine.kubernetes.objects import Object, annotation, metadata, name, namespace, normalise
from sandbox.engine.kubernetes.state import concealed
from sandbox.engine.kubernetes.wire import is_unknown, reveal

AUTONAMED = "pulumi.com/autonamed"
LACKING = {
    "Patch": "declare the whole object instead",
    "List": "declare its items one by one",
}
Naming = provider_pb2.CheckRequest.AutonamingOptions


@dataclass(frozen=True)
class Check:
    """One resource to check; `olds` and `news` still in their envelopes."""

    urn: str
    olds: dict[str, Any]
    news: dict[str, Any]
    seed: bytes = b""
    naming: Naming | None = None


def token(urn: str) -> str:
    """The resource's type, such as kubernetes:apps/v1:Deployment."""
    return urn.split("::")[2].rpartition("$")[2]


def checked(check: Check, cluster: Cluster | None, namespace: str) -> dict[str, Any]:
    """The inputs to diff and apply, secrets in their envelopes. Raises RefusedError."""
    _refuse_lacking(token(check.urn))
    inputs = normalise(reveal(check.news))
    if metadata(inputs).get("generateName") and not name(inputs):
        raise RefusedError(
            "metadata.generateName does not go with server-side apply: leave it out, or name it"
        )
    inputs = _named(inputs, check)
    if not isinstance(inputs.get("metadata", {}), str):
        inputs = _placed(inputs, cluster, namespace)
    return concealed(inputs, check.news)


def _refuse_lacking(kind: str) -> None:
    for suffix, remedy in LACKING.items():
        if kind.endswith(suffix):
            raise RefusedError(
                f"the stand-in for the Kubernetes provider has no {suffix} resources: {remedy}"
            )
    if kind.startswith(("kubernetes:helm.sh", "kubernetes:kustomize", "kubernetes:yaml")):
        raise RefusedError(
            f"the stand-in for the Kubernetes provider has no {kind}: install the real one for it"
        )


def _named(inputs: Object, check: Check) -> Object:
    if name(inputs) or is_unknown(inputs.get("metadata")):
        return inputs
    olds = reveal(check.olds)
    given = name(olds) if annotation(olds, "autonamed") == "true" else _new_name(check)
    annotations = {**(metadata(inputs).get("annotations") or {}), AUTONAMED: "true"}
    return {**inputs, "metadata": {**metadata(inputs), "name": given, "annotations": annotations}}


def _new_name(check: Check) -> str:
    if check.naming is not None and check.naming.mode == Naming.DISABLE:
        raise RefusedError("automatic names are switched off: give the resource a metadata.name")
    proposed = check.naming.proposed_name if check.naming is not None else ""
    return proposed or f"{check.urn.rpartition('::')[2]}-{check.seed.hex()[:8]}"


def _placed(inputs: Object, cluster: Cluster | None, default: str) -> Object:
    if namespace(inputs) or cluster is None or not _is_namespaced(inputs, cluster):
        return inputs
    return {**inputs, "metadata": {**metadata(inputs), "namespace": default}}


def _is_namespaced(inputs: Object, cluster: Cluster) -> bool:
    try:
        return cluster.kind(str(inputs.get("apiVersion")), str(inputs.get("kind"))).namespaced
    except NoKindError:
        return True  # a custom kind that the program is about to define; most of them are
    except ProviderError:
        return False
