"""Every setting, with its meaning, its default and what is refused."""

import json
import re
from typing import Annotated

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    ValidationInfo,
    field_validator,
)

from litemaas_infra.kube import Volume, Wanted
from litemaas_infra.names import CHAT, GATEWAY, PROJECT
from litemaas_infra.settings.people import distinct, free
from litemaas_infra.specs.advisories import parsed, refusal
from litemaas_infra.specs.backend import Backend
from litemaas_infra.specs.backup import Backup
from litemaas_infra.specs.budget import BudgetSpec
from litemaas_infra.specs.chat import Chat
from litemaas_infra.specs.credential import CredentialSpec
from litemaas_infra.specs.database import Database
from litemaas_infra.specs.exposure import Exposure, Host, ObjectName
from litemaas_infra.specs.group import Group
from litemaas_infra.specs.model import ModelSpec
from litemaas_infra.specs.monitoring import Monitoring
from litemaas_infra.specs.redis import Redis
from litemaas_infra.specs.rows import Rows
from litemaas_infra.specs.scale import Scale
from litemaas_infra.specs.shape import Shape
from litemaas_infra.specs.takeover import Takeover
from litemaas_infra.specs.team import TeamSpec
from litemaas_infra.specs.text import shaped
from litemaas_infra.specs.user import UserSpec
from litemaas_infra.specs.values import Endpoint, Image, Quantity, Secret, Version
from litemaas_infra.specs.variables import OWN
from litemaas_infra.specs.virtual_key import VirtualKeySpec

POSTGRES_IMAGE = "public.ecr.aws/docker/library/postgres:16-bookworm"
LITELLM_IMAGE = "ghcr.io/berriai/litellm-non_root:v{version}"


_KEEPS_CONFIGURED = (1, 76, 0)
"""The first version of LiteLLM in which a changed model of the database leaves a file's alone."""
_MEASURES = (1, 81, 0)
"""The first version of LiteLLM that shows metrics without a licence."""
_FIRST = {
    "models": "models[0].model_name",
    "keys": "keys[0].alias",
    "teams": "teams[0].alias",
    "users": "users[0].user_id",
    "budgets": "budgets[0].budget_id",
    "credentials": "credentials[0].name",
    "accepted_risks": "acceptedRisks[0]",
    "pull_secrets": "pullSecrets[0]",
    "exposure": "exposure.kind",
    "backend": "backend.kind",
    "chat": "chat.enabled",
    "backup": "backup.kind",
    "rows": "rows.sync",
    "monitoring": "monitoring.enabled",
    "takeover": "takeover.host",
    "api_keys": "apiKeys.NAME",
    "database": "database.kind",
    "scale": "scale.replicas",
    "redis": "redis.kind",
}
"""What a setting of more than one value is begun with."""


def _decoded(value: object) -> object:
    """Pulumi hands over as JSON what is more than one value; what is no JSON is nothing."""
    try:
        return json.loads(value) if isinstance(value, str) else value
    except ValueError:
        return None


def _list(value: object, info: ValidationInfo) -> object:
    found = _decoded(value)
    if isinstance(found, (list, tuple, set, frozenset)):
        return found
    raise ValueError(f"is not a list; begin it with: {_begun(info)}")


def _group(value: object, info: ValidationInfo) -> object:
    found = _decoded(value)
    if isinstance(found, (dict, Group)):
        return found
    raise ValueError(f"is not a group of settings; begin it with: {_begun(info)}")


def _begun(info: ValidationInfo) -> str:
    path = f"'{PROJECT}:{_FIRST[str(info.field_name)]}'"
    if info.field_name == "api_keys":
        return f"pulumi config set --path --secret {path}, which asks for it"
    return f"pulumi config set --path {path} VALUE"


def _address(value: str) -> str:
    host, _, port = value.rpartition(":")
    if not re.fullmatch(r"[^\s:/@]+", host) or not port.isdecimal() or not 0 < int(port) < 2**16:
        raise ValueError("is not HOST:PORT, postgres.example.com:5432 for instance")
    return value


def _not_ours(name: str) -> str:
    if name in OWN:
        raise ValueError("is a variable that this stack sets itself; give the key another name")
    return name


Variable = Annotated[
    str,
    shaped(r"[A-Za-z_][A-Za-z0-9_]*", "a variable's name, OPENAI_API_KEY for instance"),
    AfterValidator(_not_ours),
]
Label = Annotated[
    str,
    shaped(
        r"[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?",
        "a name of small letters, digits and dashes, litemaas for instance",
    ),
]


_ON_OWN_SERVER = 4
"""Replicas of the gateway that PostgreSQL's own limit of 100 connections leaves room for, beside others."""


class Settings(Group):
    """The settings of a stack, under the names `pulumi config set` takes, without their `litemaas:`."""

    namespace: Label = "litemaas"
    """Namespace that everything is deployed to."""
    context: str | None = None
    """kubeconfig context; the current one unless set."""
    platform: str | None = None
    """What the cluster runs on, as OpenShift names it (AWS, BareMetal, None); another one is refused."""
    apps_domain: Host | None = None
    """Domain that the gateway's Route gets its host below; the cluster's own unless set."""
    storage_class: str | None = None
    """StorageClass of the stack's volumes; the cluster's default one unless set."""
    storage_size: Quantity = "10Gi"
    """Size of the database's volume; it can grow, never shrink."""
    accepted_risks: Annotated[frozenset[str], BeforeValidator(_list)] = frozenset()
    """Advisories, by CVE number, of a holed litellmVersion that are accepted knowingly."""
    litellm_version: Version = "1.108.7"
    """LiteLLM's version; one with known holes is refused."""
    litellm_image: Image | None = None
    """Image of the gateway; LiteLLM's own of litellmVersion unless set."""
    postgres_image: Image = POSTGRES_IMAGE
    """Image of PostgreSQL 16."""
    pull_secrets: Annotated[tuple[ObjectName, ...], BeforeValidator(_list)] = ()
    """Secrets of the namespace that images of private registries are pulled with."""
    exposure: Annotated[Exposure, BeforeValidator(_group)] = Exposure()
    """The way to the gateway: Route, Ingress or none from outside the cluster."""
    gateway_url: Endpoint | None = None
    """Address of the gateway for registering models; that of its exposure unless set."""
    database: Annotated[Database, BeforeValidator(_group)] = Database()
    """The PostgreSQL of the data: one of the stack, an existing one, or CloudNativePG's."""
    scale: Annotated[Scale, BeforeValidator(_group)] = Scale()
    """How many replicas of the gateway share the work."""
    redis: Annotated[Redis, BeforeValidator(_group)] = Redis()
    """Where replicas count together what keys may take, and note which deployments fail."""
    database_address: Annotated[str, AfterValidator(_address)] | None = None
    """HOST:PORT of PostgreSQL for registering models; the way that database tells unless set."""
    verify_tls: bool = True
    """Whether the gateway's certificate is checked; turning it off lets anyone in between read the keys."""
    backend: Annotated[Backend, BeforeValidator(_group)] = Backend()
    """LiteMaaS's backend and frontend: at each start a backend rewrites most of every model's row."""
    chat: Annotated[Chat, BeforeValidator(_group)] = Chat()
    """Open WebUI, a chat in the browser over the gateway's models."""
    backup: Annotated[Backup, BeforeValidator(_group)] = Backup()
    """Copies of the data, made by themselves, and what is restored from them."""
    takeover: Annotated[Takeover, BeforeValidator(_group)] = Takeover()
    """A former deployment, whose data empty databases are filled with."""
    rows: Annotated[Rows, BeforeValidator(_group)] = Rows()
    """How the backend's rows follow the gateway's models beyond those that are declared."""
    monitoring: Annotated[Monitoring, BeforeValidator(_group)] = Monitoring()
    """What a Prometheus and a Grafana of the cluster are told of the gateway."""
    protect_data: bool = False
    """Whether `pulumi destroy` is refused."""
    models: Annotated[tuple[ModelSpec, ...], BeforeValidator(_list)] = ()
    """The models the gateway serves."""
    config_file: str | None = None
    """LiteLLM config.yaml that the gateway reads: its own models, fallbacks, ...; relative to Pulumi.yaml."""
    api_keys: Annotated[dict[Variable, Secret], BeforeValidator(_group)] = Field(default={})
    """Keys that the gateway's models name as os.environ/NAME, by their names; set them with `--secret`."""
    models_file: str | None = None
    """File of further models: LiteMaaS's own form, or a LiteLLM config.yaml; relative to Pulumi.yaml."""
    keys: Annotated[tuple[VirtualKeySpec, ...], BeforeValidator(_list), AfterValidator(free)] = ()
    """The virtual keys that are given out; each one's value is in a Secret."""
    teams: Annotated[tuple[TeamSpec, ...], BeforeValidator(_list), AfterValidator(distinct)] = ()
    """The teams that keys belong to."""
    users: Annotated[tuple[UserSpec, ...], BeforeValidator(_list), AfterValidator(distinct)] = ()
    """The users that keys belong to, who may log in to the admin UI."""
    budgets: Annotated[tuple[BudgetSpec, ...], BeforeValidator(_list), AfterValidator(distinct)] = ()
    """The budgets that keys have, each key for itself."""
    credentials: Annotated[tuple[CredentialSpec, ...], BeforeValidator(_list), AfterValidator(distinct)] = ()
    """What opens providers, kept once for all models that name it as their litellm_credential_name."""

    @property
    def of_cluster(self) -> Wanted:
        """What the cluster must have for this stack."""
        volume = Volume(self.storage_class, self.storage_size)
        shape = Shape(
            self._hosted(),
            self._backend(),
            self.database,
            self.scale,
            self.redis,
            self._chat(),
            self.backup,
            self.monitoring,
            self.takeover,
            configured=self.config_file is not None or self.redis.used or self.monitoring.enabled,
        )
        return Wanted(self.namespace, volume, shape, self.platform, self.pull_secrets)

    def _hosted(self) -> Exposure:
        """The exposure, a Route's with the host that follows from a domain of the settings' own."""
        host = self._below(GATEWAY, self.exposure.host, routed=True)
        return self.exposure.model_copy(update={"host": host})

    def _backend(self) -> Backend:
        """The backend, with the host that follows from such a domain."""
        return self.backend.model_copy(update={"host": self._below(PROJECT, self.backend.host)})

    def _chat(self) -> Chat:
        """The chat, with the host that follows from such a domain where it has a Route."""
        return self.chat.model_copy(update={"host": self._below(CHAT, self.chat.host, routed=True)})

    def _below(self, app: str, host: str | None, *, routed: bool = False) -> str | None:
        """The given host, or the app's below the settings' domain, where a `routed` one has Routes."""
        if host or self.apps_domain is None or (routed and self.exposure.kind != "route"):
            return host
        return f"{app}-{self.namespace}.{self.apps_domain}"

    @property
    def gateway_image(self) -> str:
        """The image of the gateway."""
        return self.litellm_image or LITELLM_IMAGE.format(version=self.litellm_version)

    @field_validator("config_file")
    @classmethod
    def _lasting(cls, config_file: str | None, info: ValidationInfo) -> str | None:
        version = info.data.get("litellm_version")
        if config_file and version and parsed(version) < _KEEPS_CONFIGURED:
            raise ValueError(
                f"is set, and LiteLLM {version} drops a file's models whenever a registered one is changed; "
                "pulumi config rm litemaas:litellmVersion"
            )
        return config_file

    @field_validator("monitoring")
    @classmethod
    def _measured(cls, monitoring: Monitoring, info: ValidationInfo) -> Monitoring:
        version = info.data.get("litellm_version")
        if monitoring.enabled and version and parsed(version) < _MEASURES:
            raise ValueError(
                f"is enabled, and LiteLLM {version} shows metrics only to who has a licence; "
                "pulumi config rm litemaas:litellmVersion"
            )
        return monitoring

    @field_validator("litellm_version")
    @classmethod
    def _safe(cls, version: str, info: ValidationInfo) -> str:
        reason = refusal(version, info.data.get("accepted_risks", frozenset()))
        if reason:
            raise ValueError(reason)
        return version

    @field_validator("scale")
    @classmethod
    def _connected(cls, scale: Scale, info: ValidationInfo) -> Scale:
        database = info.data.get("database", Database())
        if database.servers and scale.most > _ON_OWN_SERVER:
            raise ValueError(
                f"is up to {scale.most} replicas, with twice ten connections each while they are updated, "
                f"and a server of the stack has room for {_ON_OWN_SERVER} of them; make them fewer, or let "
                "another PostgreSQL keep the data: pulumi config set --path litemaas:database.kind existing"
            )
        return scale

    @field_validator("backend", "chat")
    @classmethod
    def _reachable(cls, part: Backend | Chat, info: ValidationInfo) -> Backend | Chat:
        exposure = info.data.get("exposure", Exposure())
        if part.enabled and exposure.kind == "ingress" and part.host is None:
            raise ValueError(
                "has no host, and an Ingress gets none from the cluster; "
                f"pulumi config set --path {PROJECT}:{info.field_name}.host NAME"
            )
        if part.enabled and exposure.reencrypts and isinstance(part, Chat):
            raise ValueError(
                "is enabled, and asks the gateway over plain HTTP, which one behind a Route that re-encrypts "
                f"does not speak; pulumi config set --path {PROJECT}:exposure.tls edge"
            )
        return part
