"""LiteMaaS's backend: its API, over the rows of the models and the gateway."""

from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import Final

import pulumi
from pulumi_kubernetes.core.v1 import (
    ConfigMap,
    ContainerArgs,
    ContainerPortArgs,
    EnvVarArgs,
    PodTemplateSpecArgs,
    Secret,
    VolumeMountArgs,
)

from litemaas_infra import names
from litemaas_infra.components import app, database_trust
from litemaas_infra.components.checksum import CHECKSUM
from litemaas_infra.components.place import Place
from litemaas_infra.components.waiting import wait_for_database
from litemaas_infra.kube import objects, pods, sizes
from litemaas_infra.providers.site import Site
from litemaas_infra.specs import backend as specs
from litemaas_infra.specs.database import Database

LABELS: Final = names.labels(names.BACKEND, "api")
_TRUST: Final = "/etc/litemaas"
_ENVIRONMENT: Final = {
    "NODE_ENV": "production",
    "HOST": "0.0.0.0",  # noqa: S104 - the pod's own network
    "PORT": str(names.WEB_PORT),
    "HOME": "/tmp",  # noqa: S108 - the image is read-only
    "NODE_EXTRA_CA_CERTS": f"{_TRUST}/ca.crt",
    # Of the backend's API alone, which a page asks many times; requests to models do not count.
    "RATE_LIMIT_MAX": "1000",
    "RATE_LIMIT_TIME_WINDOW": "5m",
}
_AT_OPENSHIFT: Final = {"OPENSHIFT_API_URL": "https://kubernetes.default.svc"}


class Backend(pulumi.ComponentResource):
    """The backend and its Service. It keeps logins under way in memory, so there is never but one of it."""

    ready: Sequence[pulumi.Resource]

    def __init__(
        self,
        name: str,
        *,
        place: Place,
        site: Site,
        wanted: specs.Backend,
        address: str,
        gateway_url: pulumi.Input[str],
        postgres_image: str,
        database: Database,
        keys: Secret,
        checksum: pulumi.Output[str],
        after: Sequence[pulumi.Resource],
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        super().__init__("litemaas:index:Backend", name, {}, opts)
        trusted = ConfigMap(
            f"{name}-authority",
            metadata=objects.metadata(names.BACKEND_AUTHORITY, site.namespace, LABELS),
            data={names.AUTHORITY_KEY: wanted.authority or ""},
            opts=place.inside(self),
        )
        environment = {**_environment(wanted, address), "LITELLM_API_URL": gateway_url}
        revisions = {**_revisions(wanted, keys), CHECKSUM: checksum}
        rollout = app.run(
            self,
            name,
            keys,
            trusted,
            *after,
            place=place,
            site=site,
            labels=LABELS,
            port=names.WEB_PORT,
            template=_pod(wanted, environment, postgres_image, place.terms, revisions, database=database),
            alone=True,
        )
        self.ready = [rollout]
        self.register_outputs({})


def _environment(wanted: specs.Backend, address: str) -> dict[str, str]:
    login = {
        "AUTH_PROVIDER": wanted.login,
        "OAUTH_CLIENT_ID": str(wanted.client_id),
        "OAUTH_ISSUER": str(wanted.issuer),
        "OAUTH_CALLBACK_URL": address + specs.CALLBACK,
        "CORS_ORIGIN": address,
        **({"INITIAL_ADMIN_USERS": ",".join(wanted.admins)} if wanted.admins else {}),
        **(_AT_OPENSHIFT if wanted.at_openshift else {}),
    }
    return {**_ENVIRONMENT, **wanted.variables, **login}


def _secrets(wanted: specs.Backend) -> list[EnvVarArgs]:
    keys = names.KEYS_SECRET
    client = names.OAUTH_CLIENT_SECRET if wanted.at_openshift else names.OIDC_CLIENT_SECRET
    return [
        pods.from_secret(names.DATABASE_URL, names.BACKEND_SECRET),
        pods.from_secret(names.JWT_SECRET, keys),
        pods.from_secret("ADMIN_API_KEYS", keys, names.ADMIN_API_KEY),
        pods.from_secret("OAUTH_CLIENT_SECRET", keys, client),
        # It makes teams, users, keys and models, which no virtual key may.
        pods.from_secret("LITELLM_API_KEY", names.GATEWAY_SECRET, names.MASTER_KEY),
        # What it encrypts with, whatever its name says.
        pods.from_secret("LITELLM_MASTER_KEY", keys, names.ENCRYPTION_KEY),
        # With it, 0.4.0 retires no model that the gateway has stored and does not serve at the moment.
        pods.from_secret("LITELLM_DATABASE_URL", names.GATEWAY_DATABASE_SECRET, names.DATABASE_URL),
    ]


def _revisions(wanted: specs.Backend, keys: Secret) -> dict[str, pulumi.Input[str]]:
    # Its program reads both once, as it starts: with others there must be another pod.
    authorities = sha256(str(wanted.authority).encode()).hexdigest()[:16]
    revision = keys.metadata.apply(lambda found: found.resource_version or "")
    return {f"{names.PROJECT}/keys": revision, f"{names.PROJECT}/authorities": authorities}


def _pod(
    wanted: specs.Backend,
    environment: Mapping[str, pulumi.Input[str]],
    postgres_image: str,
    terms: pods.Terms,
    revisions: Mapping[str, pulumi.Input[str]],
    *,
    database: Database,
) -> PodTemplateSpecArgs:
    volumes, mounts = pods.scratch({"tmp": "/tmp"})  # noqa: S108
    trust, trusted = pods.files("trust", names.BACKEND_AUTHORITY, _TRUST)
    checks, checked = database_trust.mounted(database)
    return pods.template(
        LABELS,
        _container(wanted, environment, [*mounts, trusted, *checked]),
        [*volumes, trust, *checks],
        account=names.BACKEND,
        terms=terms,
        before=[wait_for_database(postgres_image, database.models)],
        annotations=revisions,
    )


def _container(
    wanted: specs.Backend, environment: Mapping[str, pulumi.Input[str]], mounts: list[VolumeMountArgs]
) -> ContainerArgs:
    port = names.WEB_PORT
    return ContainerArgs(
        name="backend",
        image=wanted.backend_image,
        image_pull_policy="IfNotPresent",
        env=[*pods.plain(environment), *_secrets(wanted)],
        ports=[ContainerPortArgs(name="http", container_port=port)],
        startup_probe=pods.answers("/api/v1/health/live", port, every=3, times=100),
        liveness_probe=pods.answers("/api/v1/health/live", port, every=10),
        readiness_probe=pods.answers("/api/v1/health/ready", port, every=5),
        resources=pods.resources(sizes.BACKEND),
        security_context=pods.container_security(),
        volume_mounts=mounts,
    )
