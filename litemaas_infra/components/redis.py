"""The Redis that the gateway's replicas share, and what their pods are given for it."""

from typing import Final

import pulumi
from pulumi_kubernetes.core.v1 import (
    ConfigMap,
    ContainerArgs,
    ContainerPortArgs,
    EnvVarArgs,
    KeyToPathArgs,
    PodTemplateSpecArgs,
    Secret,
    SecretVolumeSourceArgs,
    VolumeArgs,
    VolumeMountArgs,
)

from litemaas_infra import names
from litemaas_infra.components import app
from litemaas_infra.components.checksum import checksum
from litemaas_infra.components.place import Place
from litemaas_infra.kube import objects, pods, sizes
from litemaas_infra.providers.password import Password
from litemaas_infra.providers.site import Site
from litemaas_infra.specs import redis as specs

_LABELS: Final = names.labels(names.REDIS, "cache")
_FOLDER: Final = "/etc/redis"
_TRUST: Final = "/etc/redis-authority"
_AUTHORITY: Final = f"{_TRUST}/{names.AUTHORITY_KEY}"
_CONFIG: Final = """\
bind * -::*
requirepass {password}
save ""
appendonly no
maxmemory 192mb
maxmemory-policy allkeys-lru
"""
"""What it holds may be lost: counts of the last minutes, and answers that models would give again."""


class Redis(pulumi.ComponentResource):
    """A server of the stack's own, or what opens someone else's; nothing where replicas share none.

    A pod of the gateway first asks the server: one that cannot be had, or that refuses its password, ends the
    rollout with the server's own words, for LiteLLM would silently count by itself.
    """

    def __init__(
        self,
        name: str,
        *,
        place: Place,
        site: Site,
        settings: specs.Redis,
        salt: pulumi.Output[str],
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        super().__init__("litemaas:index:Redis", name, {}, opts)
        self._name, self._place, self._site, self._settings = name, place, site, settings
        self.ready: list[pulumi.Resource] = []
        self.checksums: dict[str, pulumi.Input[str]] = {}
        self.volumes: list[VolumeArgs] = []
        self.mounts: list[VolumeMountArgs] = []
        if settings.kind == "own":
            self._server()
        elif settings.used and settings.password:
            self._password(settings.password.get_secret_value(), salt)
        if settings.trusted:
            self._authority(settings.trusted)
        self.register_outputs({})

    @property
    def variables(self) -> list[EnvVarArgs]:
        """What LiteLLM finds the server by."""
        settings = self._settings
        if not settings.used:
            return []
        host, port = settings.server
        found = {"REDIS_HOST": host, "REDIS_PORT": str(port)}
        if settings.kind == "existing":
            found |= _of_existing(settings)
        return [*pods.plain(found), *self._login(names.REDIS_PASSWORD)]

    @property
    def before(self) -> list[ContainerArgs]:
        """Ask the server for an answer, before the gateway starts."""
        if not self._settings.used:
            return []
        asking = ContainerArgs(
            name="ask-redis",
            image=self._settings.image,
            image_pull_policy="IfNotPresent",
            command=_ping(self._settings),
            env=self._login("REDISCLI_AUTH") or None,
            resources=pods.resources(sizes.WAITING),
            security_context=pods.container_security(),
            volume_mounts=self.mounts or None,
        )
        return [asking]

    def _login(self, variable: str) -> list[EnvVarArgs]:
        if self._settings.secret is None:
            return []
        return [pods.from_secret(variable, *self._settings.secret)]

    def _server(self) -> None:
        secret = self._secret(self._generated())
        rollout = app.run(
            self,
            self._name,
            secret,
            place=self._place,
            site=self._site,
            labels=_LABELS,
            port=names.REDIS_PORT,
            template=_pod(self._settings.image, self._place.terms),
            port_name="redis",
            # Replicas that count in two servers count wrong.
            alone=True,
        )
        self.ready.append(rollout)

    def _generated(self) -> dict[str, pulumi.Input[str]]:
        made = Password(
            f"{self._name}-password",
            site=self._site,
            secret=names.REDIS,
            key=names.REDIS_PASSWORD,
            opts=self._place.served(self),
        )
        config = made.value.apply(lambda password: _CONFIG.format(password=password))
        return {names.REDIS_PASSWORD: made.value, names.REDIS_CONFIG: config}

    def _password(self, given: str, salt: pulumi.Output[str]) -> None:
        secret = self._secret({names.REDIS_PASSWORD: pulumi.Output.secret(given)})
        self.ready.append(secret)
        # LiteLLM reads it once, as it starts: with another there must be another pod.
        made = salt.apply(lambda known: checksum({names.REDIS_PASSWORD: given}, known))
        self.checksums["checksum/redis"] = pulumi.Output.unsecret(made)

    def _secret(self, values: dict[str, pulumi.Input[str]]) -> Secret:
        return Secret(
            f"{self._name}-secret",
            metadata=objects.metadata(names.REDIS, self._site.namespace, _LABELS),
            string_data=values,
            opts=self._place.inside(self),
        )

    def _authority(self, authority: str) -> None:
        file = ConfigMap(
            f"{self._name}-authority",
            metadata=objects.metadata(names.REDIS_AUTHORITY, self._site.namespace, _LABELS),
            data={names.AUTHORITY_KEY: authority},
            opts=self._place.inside(self),
        )
        self.ready.append(file)
        volume, mount = pods.files("redis-authority", names.REDIS_AUTHORITY, _TRUST)
        self.volumes.append(volume)
        self.mounts.append(mount)


def _ping(settings: specs.Redis) -> list[str]:
    host, port = settings.server
    options: list[str] = []
    if settings.kind == "existing":
        options += ["--user", settings.user] if settings.user else []
        options += ["--tls"] if settings.tls else []
    options += ["--cacert", _AUTHORITY] if settings.trusted else []
    # -e: an answer that is an error is a failure too.
    return ["redis-cli", "-e", "-h", host, "-p", str(port), *options, "ping"]


def _of_existing(settings: specs.Redis) -> dict[str, str]:
    user = {"REDIS_USERNAME": settings.user} if settings.user else {}
    tls = {"REDIS_SSL": "True", "REDIS_SSL_CHECK_HOSTNAME": "True"} if settings.tls else {}
    trust = {"REDIS_SSL_CA_CERTS": _AUTHORITY} if settings.trusted else {}
    return {**user, **tls, **trust}


def _pod(image: str, terms: pods.Terms) -> PodTemplateSpecArgs:
    items = [KeyToPathArgs(key=names.REDIS_CONFIG, path=names.REDIS_CONFIG)]
    source = SecretVolumeSourceArgs(secret_name=names.REDIS, items=items)
    volumes = [VolumeArgs(name="config", secret=source)]
    return pods.template(_LABELS, _container(image), volumes, account=names.REDIS, terms=terms)


def _container(image: str) -> ContainerArgs:
    answers = ["redis-cli", "-e", "ping"]
    return ContainerArgs(
        name="redis",
        image=image,
        image_pull_policy="IfNotPresent",
        command=["redis-server", f"{_FOLDER}/{names.REDIS_CONFIG}"],
        env=[pods.from_secret("REDISCLI_AUTH", names.REDIS, names.REDIS_PASSWORD)],
        ports=[ContainerPortArgs(name="redis", container_port=names.REDIS_PORT)],
        liveness_probe=pods.succeeds(answers, every=10),
        readiness_probe=pods.succeeds(answers, every=2),
        resources=pods.resources(sizes.REDIS),
        security_context=pods.container_security(),
        volume_mounts=[VolumeMountArgs(name="config", mount_path=_FOLDER, read_only=True)],
    )
