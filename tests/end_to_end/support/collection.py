"""LiteMaaS as its Ansible collection leaves it, in version 0.1.2 with backend and frontend: object by object.

The gateway is LiteLLM 1.74.7 itself, whose tables are its own. The backend's place is held by someone who is
logged in to the backend's database, as it was all the time.
"""

import json
from collections.abc import Sequence
from secrets import token_urlsafe
from typing import Any, Final

from tests.end_to_end.support.commands import run
from tests.end_to_end.support.sandbox import COMMAND, NAMESPACE, oc

VERSION: Final = "1.74.7"
DOMAIN: Final = "apps.sandbox.test"
HOST: Final = f"litellm-rhpds.{DOMAIN}"
PAGES: Final = f"litemaas-rhpds.{DOMAIN}"
CLIENT: Final = "litemaas-rhpds"
VARIABLES: Final = {
    "namespace": NAMESPACE,
    "cluster_domain": DOMAIN,
    "postgres_storage_class": "gp3-csi",
    "postgres_storage_size": "10Gi",
    "deploy_backend": True,
    "deploy_frontend": True,
    "oauth_enabled": True,
    "oauth_client_id": CLIENT,
    "admin_emails": ["admin@example.com"],
}
"""What the playbook was given, without what all names begin with. LiteMaaS's version is the sandbox's own."""
_POSTGRES: Final = "docker.io/library/postgres:16"
_PATIENT: Final = {"periodSeconds": 2, "timeoutSeconds": 30}
"""Of a probe: a busy machine's answers take their time."""

Object = dict[str, Any]


def deploy() -> None:
    """Deploys it, and waits until its gateway answers."""
    run(COMMAND, "image", "litellm", VERSION, timeout=600).succeeded()
    password = token_urlsafe()
    _apply(_namespace(), *_server(password), _client())
    _wait("statefulset/postgres")
    psql("CREATE DATABASE litellm_db OWNER litemaas", "postgres")
    _apply(*_gateway(password), *_backend(), *_frontend())
    _wait("deployment/litellm")
    # The sandbox makes the tables by migrations. The real one pushes a schema, and notes down none of them.
    psql("DROP TABLE _prisma_migrations", "litellm_db")


def psql(query: str, database: str) -> str:
    """What its administrator gets: rows of values between bars, nothing else."""
    server = ("exec", "-i", "-n", NAMESPACE, "statefulset/postgres", "--")
    words = ("psql", "-U", "litemaas", "-At", "--set=ON_ERROR_STOP=1", "-d", database)
    return oc(*server, *words, stdin=query).strip()


def _apply(*objects: Object) -> None:
    oc("apply", "-f", "-", stdin=json.dumps({"apiVersion": "v1", "kind": "List", "items": objects}))


def _wait(workload: str) -> None:
    oc("rollout", "status", workload, "-n", NAMESPACE, "--timeout=150s", timeout=160)


def _namespace() -> Object:
    return _object("v1", "Namespace", NAMESPACE, labels={"app": "litemaas", "workload": "litemaas"})


def _server(password: str) -> list[Object]:
    url = f"postgresql://litemaas:{password}@postgres:5432/litemaas?sslmode=disable"
    values = {"POSTGRES_PASSWORD": password, "DATABASE_URL": url}
    mount = {"name": "postgres-storage", "mountPath": "/var/lib/postgresql/data"}
    container = {
        "name": "postgres",
        "image": _POSTGRES,
        "ports": [{"containerPort": 5432, "name": "postgres"}],
        "env": [
            _secret_value("POSTGRES_PASSWORD", "postgres-secret"),
            {"name": "POSTGRES_USER", "value": "litemaas"},
            {"name": "POSTGRES_DB", "value": "litemaas"},
            {"name": "PGDATA", "value": "/var/lib/postgresql/data/pgdata"},
        ],
        "volumeMounts": [mount],
        "resources": _resources("500m", "512Mi", "1", "1Gi"),
        "readinessProbe": {"exec": {"command": ["sh", "-c", "pg_isready -U litemaas"]}, "periodSeconds": 2},
    }
    claim = {
        "metadata": {"name": "postgres-storage", "labels": {"app": "postgres"}},
        "spec": {
            "accessModes": ["ReadWriteOnce"],
            "storageClassName": VARIABLES["postgres_storage_class"],
            "resources": {"requests": {"storage": VARIABLES["postgres_storage_size"]}},
        },
    }
    spec = {"serviceName": "postgres", "volumeClaimTemplates": [claim], **_pods("postgres", container)}
    return [
        _secret("postgres-secret", "postgres", values),
        _service("postgres", 5432, "postgres"),
        _object("apps/v1", "StatefulSet", "postgres", labels={"app": "postgres"}, spec=spec),
    ]


def _gateway(password: str) -> list[Object]:
    url = f"postgresql://litemaas:{password}@postgres:5432/litellm_db?sslmode=disable"
    values = {
        "LITELLM_MASTER_KEY": f"sk-{token_urlsafe()}",
        "UI_USERNAME": "admin",
        "UI_PASSWORD": token_urlsafe(12),
        "DATABASE_URL": url,
    }
    waiting = {
        "name": "wait-for-db",
        "image": _POSTGRES,
        "command": ["sh", "-c", "until pg_isready -h postgres -p 5432 -U litemaas; do sleep 2; done"],
    }
    container = {
        "name": "litellm",
        "image": f"ghcr.io/berriai/litellm-non_root:v{VERSION}",
        "ports": [{"containerPort": 4000, "name": "http"}],
        "env": [
            *(_secret_value(key, "litellm-secret") for key in values),
            {"name": "STORE_MODEL_IN_DB", "value": "True"},
            {"name": "LITELLM_MODE", "value": "PRODUCTION"},
            # The real one is asked for in the internet, which is out of reach.
            {"name": "LITELLM_LOCAL_MODEL_COST_MAP", "value": "True"},
        ],
        "readinessProbe": {"httpGet": {"path": "/health/readiness", "port": 4000}, **_PATIENT},
        "resources": _resources("200m", "512Mi", "1", "1Gi"),
    }
    return [
        _secret("litellm-secret", "litellm", values),
        _deployment("litellm", container, waiting),
        _service("litellm", 4000, "http"),
        _route("litellm", HOST),
    ]


def _backend() -> list[Object]:
    values = {name: token_urlsafe() for name in ("JWT_SECRET", "ADMIN_API_KEY", "OAUTH_CLIENT_SECRET")}
    container = {
        "name": "backend",
        "image": _POSTGRES,
        "command": ["sh", "-c", 'trap exit TERM; tail -f /dev/null | psql "$DATABASE_URL" & wait'],
        "env": [
            _secret_value("DATABASE_URL", "postgres-secret"),
            *(_secret_value(key, "backend-secret") for key in values),
            {"name": "OAUTH_CLIENT_ID", "value": CLIENT},
        ],
        "resources": _resources("50m", "64Mi", "500m", "512Mi"),
    }
    name = "litemaas-backend"
    return [
        _secret("backend-secret", name, values),
        _deployment(name, container),
        _service(name, 3000, "http"),
        _route(name, PAGES, path="/api"),
    ]


def _frontend() -> list[Object]:
    name = "litemaas-frontend"
    return [_service(name, 8080, "http"), _route(name, PAGES)]


def _client() -> Object:
    """The collection leaves the secret in the namespace's Secret too; here they may differ."""
    about: Object = {"redirectURIs": [f"https://{PAGES}/api/auth/callback"], "grantMethod": "auto"}
    return _object("oauth.openshift.io/v1", "OAuthClient", CLIENT, secret=token_urlsafe(), **about)


def _object(
    version: str, kind: str, name: str, labels: dict[str, str] | None = None, **fields: Any
) -> Object:
    place = {} if kind in ("Namespace", "OAuthClient") else {"namespace": NAMESPACE}
    metadata = {"name": name, **place, **({"labels": labels} if labels else {})}
    return {"apiVersion": version, "kind": kind, "metadata": metadata, **fields}


def _secret(name: str, app: str, values: dict[str, str]) -> Object:
    return _object("v1", "Secret", name, labels={"app": app}, type="Opaque", stringData=values)


def _secret_value(key: str, secret: str) -> Object:
    return {"name": key, "valueFrom": {"secretKeyRef": {"name": secret, "key": key}}}


def _resources(cpu: str, memory: str, most_cpu: str, most_memory: str) -> Object:
    return {"requests": {"cpu": cpu, "memory": memory}, "limits": {"cpu": most_cpu, "memory": most_memory}}


def _pods(app: str, container: Object, waiting: Sequence[Object] = ()) -> Object:
    pod = {"initContainers": list(waiting), "containers": [container]}
    template = {"metadata": {"labels": {"app": app}}, "spec": pod}
    return {"replicas": 1, "selector": {"matchLabels": {"app": app}}, "template": template}


def _deployment(name: str, container: Object, *waiting: Object) -> Object:
    return _object("apps/v1", "Deployment", name, labels={"app": name}, spec=_pods(name, container, waiting))


def _service(app: str, port: int, name: str) -> Object:
    ports = [{"port": port, "targetPort": port, "name": name}]
    return _object("v1", "Service", app, labels={"app": app}, spec={"ports": ports, "selector": {"app": app}})


def _route(app: str, host: str, **fields: str) -> Object:
    spec = {
        "host": host,
        **fields,
        "to": {"kind": "Service", "name": app},
        "port": {"targetPort": "http"},
        "tls": {"termination": "edge", "insecureEdgeTerminationPolicy": "Redirect"},
    }
    return _object("route.openshift.io/v1", "Route", app, labels={"app": app}, spec=spec)
