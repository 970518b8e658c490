"""How things are said to Kubernetes: pods that OpenShift accepts, and the look before a deployment."""

from litemaas_infra.kube.preflight import Ground, Wanted, check
from litemaas_infra.kube.volume import Volume

__all__ = ["Ground", "Volume", "Wanted", "check"]
