"""What a model's references to the cluster mean now: a Secret's key, an InferenceService's address."""

from typing import Any, Final

from pydantic import SecretStr

from litemaas_infra import names
from litemaas_infra.clients.cluster import Cluster
from litemaas_infra.errors import ClusterMismatch, NotInCluster
from litemaas_infra.specs.model import ModelSpec

KSERVE: Final = "serving.kserve.io/v1beta1"


def effective(cluster: Cluster, namespace: str, spec: ModelSpec) -> ModelSpec:
    """The model with what its references mean in place of them; `namespace` is where Secrets are by default.

    Raises NotInCluster when a Secret, a key of it or an InferenceService is not there, ClusterMismatch when
    the service has no address.
    """
    found: dict[str, Any] = {}
    if spec.api_key_secret:
        taker = f"model {spec.model_name!r} takes its key"
        found["api_key"] = SecretStr(held(cluster, namespace, spec.api_key_secret, taker))
    if spec.inference_service:
        found["api_base"] = _address(cluster, spec.model_name, spec.inference_service)
    return spec.model_copy(update=found)


def held(cluster: Cluster, namespace: str, reference: str, taker: str) -> str:
    """The value that a reference to a Secret's key means; `taker` says who takes what there.

    Raises NotInCluster when the Secret, or the key of it, is not there.
    """
    secret, _, key = reference.rpartition("/")
    where, name = names.placed(secret, namespace)
    values = cluster.secret(where, name)
    if values is None:
        raise NotInCluster(
            f"{taker} from Secret {name} of namespace {where}, which is not there; make it: "
            f"oc create secret generic {name} -n {where} --from-file={key}=FILE"
        )
    if not values.get(key):
        raise NotInCluster(
            f"{taker} from {key} of Secret {name} in namespace {where}, which has "
            f"{', '.join(sorted(values)) or 'nothing'}; correct the reference or the Secret"
        )
    return values[key].strip()


def _address(cluster: Cluster, model_name: str, reference: str) -> str:
    namespace, name = reference.split("/")
    service = cluster.get(KSERVE, f"inferenceservices/{name}", namespace)
    if service is None:
        raise NotInCluster(
            f"model {model_name!r} is InferenceService {name} of namespace {namespace}, which is not there; "
            "see `oc get inferenceservice -A`"
        )
    status = service.get("status") or {}
    url = status.get("url") or (status.get("address") or {}).get("url")
    if not url:
        raise ClusterMismatch(
            f"InferenceService {name} of namespace {namespace} has no address yet: {_why(status)}; run again "
            "when it is ready"
        )
    return url.rstrip("/") if url.rstrip("/").endswith("/v1") else f"{url.rstrip('/')}/v1"


def _why(status: dict[str, Any]) -> str:
    conditions = status.get("conditions") or []
    unmet = [c for c in conditions if c.get("status") != "True" and c.get("message")]
    return str(unmet[0]["message"]) if unmet else "its controller has not said anything"
