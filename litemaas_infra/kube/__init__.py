"""How things are said to Kubernetes: pods that OpenShift accepts, and the look before a deployment."""

from litemaas_infra.kube.preflight import Volume, check

__all__ = ["Volume", "check"]
