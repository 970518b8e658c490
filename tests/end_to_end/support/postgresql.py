"""A PostgreSQL that someone else runs in namespace default: over TLS, with an administrator of few rights."""

import json
import secrets
from pathlib import Path
from typing import Any

from sandbox.cluster.model_endpoint import IMAGE as PYTHON
from sandbox.images.postgres import NAMES
from tests.end_to_end.support.sandbox import oc
from tests.litemaas_infra.support.certificates import self_signed

NAMESPACE, NAME = "default", "postgresql"
HOST = f"{NAME}.{NAMESPACE}.svc.cluster.local"
ADMIN = "shared_admin"
_LABELS = {"app": NAME}
_SCRIPT = f"""
psql --username="$POSTGRES_USER" --set=password="$ADMIN_PASSWORD" <<'SQL'
CREATE ROLE {ADMIN} LOGIN CREATEDB CREATEROLE PASSWORD :'password';
SQL
"""


def deploy(folder: Path) -> None:
    """Deploys it and waits until it is ready."""
    pair = self_signed(folder, HOST)
    password, admins = secrets.token_urlsafe(), secrets.token_urlsafe()
    front = (Path(__file__).parent / "tls_front.py").read_text()
    objects = [
        _secret(
            "postgresql-tls", {"tls.crt": pair.certificate, "tls.key": pair.key, "ca.crt": pair.certificate}
        ),
        _secret("postgresql-server", {"POSTGRES_PASSWORD": password, "ADMIN_PASSWORD": admins}),
        _secret("postgresql-admin", {"username": ADMIN, "password": admins}),
        _object("v1", "ConfigMap", "postgresql-files", {"data": {"10-admin.sh": _SCRIPT, "front.py": front}}),
        _object("v1", "Service", NAME, {"spec": {"selector": _LABELS, "ports": [_PORT]}}),
        _object("apps/v1", "Deployment", NAME, {"spec": _deployment()}),
    ]
    oc("apply", "-f", "-", stdin=json.dumps({"apiVersion": "v1", "kind": "List", "items": objects}))
    oc("rollout", "status", f"deployment/{NAME}", "-n", NAMESPACE, "--timeout=120s", timeout=130)


def psql(query: str, database: str = "postgres") -> str:
    """What its superuser gets: rows of values between bars, nothing else."""
    server = ("exec", "-i", "-n", NAMESPACE, f"deployment/{NAME}", "-c", "postgres", "--")
    return oc(*server, "psql", "-U", "postgres", "-p", "5433", "-At", "-d", database, stdin=query).strip()


_PORT = {"name": "postgresql", "port": 5432, "targetPort": "tls"}


def _object(version: str, kind: str, name: str, content: dict[str, Any]) -> dict[str, Any]:
    metadata = {"name": name, "namespace": NAMESPACE}
    return {"apiVersion": version, "kind": kind, "metadata": metadata, **content}


def _secret(name: str, values: dict[str, str]) -> dict[str, Any]:
    return _object("v1", "Secret", name, {"stringData": values})


def _deployment() -> dict[str, Any]:
    mounts = {"data": "/var/lib/postgresql/data", "files": "/docker-entrypoint-initdb.d"}
    server = {
        "name": "postgres",
        "image": NAMES[0],
        "imagePullPolicy": "IfNotPresent",
        "args": ["-c", "listen_addresses=127.0.0.1", "-c", "port=5433"],
        "env": [{"name": "PGPORT", "value": "5433"}, {"name": "PGDATA", "value": f"{mounts['data']}/pgdata"}],
        "envFrom": [{"secretRef": {"name": "postgresql-server"}}],
        "readinessProbe": {
            "exec": {"command": ["pg_isready", "-U", "postgres", "-h", "127.0.0.1", "-p", "5433"]},
            "periodSeconds": 2,
        },
        "volumeMounts": [
            {"name": "data", "mountPath": mounts["data"]},
            {"name": "files", "mountPath": f"{mounts['files']}/10-admin.sh", "subPath": "10-admin.sh"},
        ],
    }
    front = {
        "name": "tls",
        "image": PYTHON,
        "imagePullPolicy": "IfNotPresent",
        "command": ["python3.11", "/front/front.py", "/tls"],
        "ports": [{"name": "tls", "containerPort": 5432}],
        "volumeMounts": [{"name": "files", "mountPath": "/front"}, {"name": "tls", "mountPath": "/tls"}],
    }
    volumes = [
        {"name": "data", "emptyDir": {}},
        {"name": "files", "configMap": {"name": "postgresql-files"}},
        {"name": "tls", "secret": {"secretName": "postgresql-tls"}},
    ]
    pod = {
        "securityContext": {"runAsUser": 10001, "runAsNonRoot": True, "fsGroup": 10001},
        "containers": [server, front],
        "volumes": volumes,
    }
    template = {"metadata": {"labels": _LABELS}, "spec": pod}
    return {"replicas": 1, "selector": {"matchLabels": _LABELS}, "template": template}
