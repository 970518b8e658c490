"""Every name that the cluster, the gateway and the database know us by, in one place.

Pods, Secrets, Routes and labels are named as the documentation of LiteMaaS has them, so that its
`oc` one-liners work on our deployment word for word.
"""

import uuid
from typing import Final

PROJECT: Final = "litemaas"
PART_OF: Final = "app.kubernetes.io/part-of"
"""The label by which we know our own; its value is the project's name."""

GATEWAY: Final = "litellm"
"""Deployment, Service, Route and `app` label of the LiteLLM gateway."""
GATEWAY_PORT: Final = 4000
MIGRATION: Final = "litellm-migration"
"""`app` label of the Jobs that make the gateway's tables, and what their names begin with."""
GATEWAY_SECRET: Final = "litellm-secret"  # noqa: S105 - the Secret's name, not its value
MASTER_KEY: Final = "LITELLM_MASTER_KEY"
SALT_KEY: Final = "LITELLM_SALT_KEY"
UI_USERNAME: Final = "UI_USERNAME"
UI_PASSWORD: Final = "UI_PASSWORD"  # noqa: S105
DATABASE_URL: Final = "DATABASE_URL"

POSTGRES: Final = "litemaas-postgres"
"""StatefulSet and Service of PostgreSQL; its pod is `litemaas-postgres-0`."""
POSTGRES_PORT: Final = 5432
POSTGRES_CLAIM: Final = f"data-{POSTGRES}-0"
POSTGRES_SECRET: Final = "postgres-secret"  # noqa: S105
POSTGRES_ADMIN: Final = "postgres"
POSTGRES_PRIMARY: Final = f"{POSTGRES}-rw"
"""Service of the one among CloudNativePG's servers that is written to."""
POSTGRES_CA: Final = f"{POSTGRES}-ca"
"""Secret of the authority that CloudNativePG makes for a cluster."""

BACKEND_DATABASE: Final = "litemaas"
BACKEND_OWNER: Final = "litemaas"
BACKEND_SECRET: Final = "litemaas-database"  # noqa: S105
GATEWAY_DATABASE: Final = "litellm_db"
GATEWAY_OWNER: Final = "litellm"
GATEWAY_DATABASE_SECRET: Final = "litellm-database"  # noqa: S105

BACKEND: Final = "litemaas-backend"
"""Deployment, Service, Route and `app` label of LiteMaaS's backend."""
FRONTEND: Final = "litemaas-frontend"
"""The same of its frontend."""
WEB_PORT: Final = 8080
"""Of the backend's, the frontend's and Open WebUI's pods."""
KEYS_SECRET: Final = "backend-secret"  # noqa: S105
"""The backend's own keys."""
JWT_SECRET: Final = "JWT_SECRET"  # noqa: S105
ADMIN_API_KEY: Final = "ADMIN_API_KEY"
ENCRYPTION_KEY: Final = "ENCRYPTION_KEY"
OAUTH_CLIENT_SECRET: Final = "OAUTH_CLIENT_SECRET"  # noqa: S105
OIDC_CLIENT_SECRET: Final = "OIDC_CLIENT_SECRET"  # noqa: S105
BACKEND_AUTHORITY: Final = "litemaas-backend-authority"
"""ConfigMap of the authorities that the backend trusts."""
CLUSTER_AUTHORITY: Final = "kube-root-ca.crt"
"""ConfigMap, in every namespace, of the authority that the Kubernetes API has its certificate from."""
CHAT: Final = "open-webui"
"""Deployment, Service, Route and `app` label of Open WebUI, and its virtual key's alias."""
CHAT_SECRET: Final = "open-webui-secret"  # noqa: S105
"""Its database's login and its own keys."""
CHAT_CLAIM: Final = "open-webui-data"
"""PersistentVolumeClaim of what its users upload."""
CHAT_DATABASE: Final = "open_webui"
CHAT_OWNER: Final = "open_webui"
WEBUI_SECRET_KEY: Final = "WEBUI_SECRET_KEY"  # noqa: S105
WEBUI_ADMIN_PASSWORD: Final = "WEBUI_ADMIN_PASSWORD"  # noqa: S105
TIKA: Final = "open-webui-tika"
"""Deployment, Service and `app` label of Apache Tika, which reads documents for it."""
TIKA_PORT: Final = 9998
KEY_SECRET: Final = "litellm-key-{alias}"  # noqa: S105
"""Secret of a virtual key's value."""
KEY: Final = "api_key"
"""Where in it the value is."""
BASE_URL: Final = "base_url"
"""Where the gateway's address is, in one that is handed to another namespace."""

CONFIG: Final = "litellm-config"
"""ConfigMap of LiteLLM's config.yaml."""
CONFIG_KEY: Final = "config.yaml"
API_KEYS: Final = "litellm-api-keys"
"""Secret of the keys that models name as variables of the gateway's pod."""

REDIS: Final = "litellm-redis"
"""Deployment, Service, Secret and `app` label of the Redis that the gateway's replicas share."""
REDIS_PORT: Final = 6379
REDIS_CONFIG: Final = "redis.conf"
REDIS_PASSWORD: Final = "REDIS_PASSWORD"  # noqa: S105
REDIS_AUTHORITY: Final = "litellm-redis-authority"
"""ConfigMap of the authorities that an existing Redis' certificate may come from."""

TAKEOVER: Final = "litemaas-takeover"
"""`app` label of the Jobs that copy a former deployment's data, and what their names begin with."""

GATEWAY_CERTIFICATE: Final = "litellm-certificate"
"""Secret of an Ingress' own certificate."""
SERVING: Final = "litellm-serving"
"""Secret that OpenShift's service CA makes of the gateway's own certificate; the volume of it or another."""
AUTHORITY: Final = "litellm-authority"
"""ConfigMap of the authorities that the gateway's address is trusted by."""
DATABASE_AUTHORITY: Final = "litellm-database-authority"
"""ConfigMap of the authority that the database's certificate comes from."""
AUTHORITY_KEY: Final = "ca.crt"

BACKUP: Final = "litemaas-backup"
"""CronJob, and `app` label of the pods that make backups; their volume's and their object store's objects."""
RESTORE: Final = "litemaas-restore"
"""`app` label of the Jobs that fill empty databases from one, and what their names begin with."""

MONITORING: Final = "litemaas-monitoring"
"""ServiceMonitor, PrometheusRule, the dashboard's ConfigMap, and the alias of the key that reads metrics."""
METRICS: Final = "/metrics"
"""Where the gateway shows them."""
DASHBOARD: Final = "litemaas.json"
"""Where in its ConfigMap the dashboard is; Grafana knows the file by it."""

ROUTES: Final = "route.openshift.io/v1"
OAUTH: Final = "oauth.openshift.io/v1"
INGRESSES: Final = "networking.k8s.io/v1"
CNPG: Final = "postgresql.cnpg.io/v1"
"""CloudNativePG's API."""
MONITORS: Final = "monitoring.coreos.com/v1"
"""The Prometheus operator's API."""
OPENSHIFT: Final = "config.openshift.io/v1"
"""An API that every OpenShift serves and no other cluster."""
SERVICE_CA: Final = "openshift-service-ca.crt"
"""ConfigMap, in every namespace of an OpenShift, of its service CA."""
SERVICE_CA_KEY: Final = "service-ca.crt"
SERVICE_CAS: Final = "operator.openshift.io/v1"
"""The API of what makes Services their certificates; its kind is `servicecas`."""
INGRESS_CA_NAMESPACE: Final = "openshift-config-managed"
INGRESS_CA: Final = "default-ingress-cert"
INGRESS_CA_KEY: Final = "ca-bundle.crt"

_MODEL_IDS: Final = uuid.UUID("6f1c3a0e-2f5b-5c0d-9a41-6d0f0b7f3c52")


def labels(app: str, component: str) -> dict[str, str]:
    """The labels of everything that belongs to `app`; `component` says what it does."""
    return {
        "app": app,
        "component": component,
        "app.kubernetes.io/name": app,
        PART_OF: PROJECT,
        "app.kubernetes.io/managed-by": "pulumi",
    }


GATEWAY_LABELS: Final = labels(GATEWAY, "ai-proxy")


def inside(namespace: str) -> str:
    """What the gateway is called by whoever asks its Service, and by OpenShift's router."""
    return f"{GATEWAY}.{namespace}.svc"


def placed(reference: str, namespace: str) -> tuple[str, str]:
    """Where `[NAMESPACE/]NAME` is, in `namespace` unless it says, and what it is called."""
    place, _, name = reference.rpartition("/")
    return place or namespace, name


def model_id(model_name: str, deployment: str | None = None) -> str:
    """LiteLLM's id for a model of ours, or for a further deployment of it.

    It follows from the names alone: a model registered twice, by a repeated or an interrupted run, is the
    same model and never a second deployment under one name.
    """
    # No model_name holds a line break, so no two pairs of names are one text.
    return str(uuid.uuid5(_MODEL_IDS, f"{model_name}\n{deployment}" if deployment else model_name))
