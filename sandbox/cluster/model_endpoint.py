"""A model endpoint of the sandbox's own, for models to point at: OpenAI-compatible, with an API key."""

import secrets
from pathlib import Path
from typing import Any

from sandbox.cluster.api import Cluster, is_true
from sandbox.cluster.kubectl import Kubectl
from sandbox.cluster.progress import Step
from sandbox.cluster.start import wait

NAMESPACE, NAME, PORT = "models", "model-endpoint", 8000
IMAGE = "sandbox.test/model-endpoint:1"
LABELS = {"app": NAME}


def deploy(kubectl: Kubectl, cluster: Cluster, run: Path, step: Step) -> None:
    """Deploys it with a new key, and waits until it serves. Raises SandboxError."""
    kubectl.apply_all([_namespace()])
    kubectl.apply_all([_secret(secrets.token_urlsafe(24)), deployment(), _service()])
    path = f"/apis/apps/v1/namespaces/{NAMESPACE}/deployments/{NAME}"
    what = f"the model endpoint (see kubectl describe pods -n {NAMESPACE})"
    wait(step, what, lambda: is_true("Available", cluster.get(path)), 120, run)


def deployment() -> dict[str, Any]:
    """A pod that OpenShift would admit as it stands: no user of its own choice, nothing writable but /tmp."""
    key = {"secretKeyRef": {"name": NAME, "key": "api-key"}}
    container = {
        "name": NAME,
        "image": IMAGE,
        "imagePullPolicy": "IfNotPresent",
        "env": [{"name": "MODEL_API_KEY", "valueFrom": key}],
        "ports": [{"containerPort": PORT}],
        "readinessProbe": {"httpGet": {"path": "/health", "port": PORT}, "periodSeconds": 1},
        "resources": {"requests": {"cpu": "50m", "memory": "64Mi"}},
        "securityContext": {
            "allowPrivilegeEscalation": False,
            "capabilities": {"drop": ["ALL"]},
            "readOnlyRootFilesystem": True,
        },
        "volumeMounts": [{"name": "tmp", "mountPath": "/tmp"}],  # noqa: S108 - the container's own
    }
    pod = {
        "automountServiceAccountToken": False,
        "securityContext": {"runAsNonRoot": True, "seccompProfile": {"type": "RuntimeDefault"}},
        "containers": [container],
        "volumes": [{"name": "tmp", "emptyDir": {}}],
    }
    template = {"metadata": {"labels": LABELS}, "spec": pod}
    spec = {"replicas": 1, "selector": {"matchLabels": LABELS}, "template": template}
    return {"apiVersion": "apps/v1", "kind": "Deployment", "metadata": _metadata(), "spec": spec}


def _namespace() -> dict[str, Any]:
    return {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": NAMESPACE}}


def _secret(key: str) -> dict[str, Any]:
    return {"apiVersion": "v1", "kind": "Secret", "metadata": _metadata(), "stringData": {"api-key": key}}


def _service() -> dict[str, Any]:
    spec = {"selector": LABELS, "ports": [{"port": PORT}]}
    return {"apiVersion": "v1", "kind": "Service", "metadata": _metadata(), "spec": spec}


def _metadata() -> dict[str, Any]:
    return {"name": NAME, "namespace": NAMESPACE, "labels": LABELS}
