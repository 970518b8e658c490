"""Open WebUI's own pod, Service and volume."""

from collections.abc import Mapping, Sequence
from typing import Final

import pulumi
from pulumi_kubernetes.core.v1 import (
    ContainerArgs,
    ContainerPortArgs,
    EnvVarArgs,
    PersistentVolumeClaim,
    PersistentVolumeClaimVolumeSourceArgs,
    PodTemplateSpecArgs,
    VolumeArgs,
    VolumeMountArgs,
)

from litemaas_infra import names
from litemaas_infra.components import app, database_trust
from litemaas_infra.components.checksum import CHECKSUM
from litemaas_infra.components.place import Place
from litemaas_infra.components.waiting import wait_for_database
from litemaas_infra.kube import Volume, objects, pods, sizes
from litemaas_infra.providers.site import Site
from litemaas_infra.specs.chat import Chat
from litemaas_infra.specs.shape import Shape

LABELS: Final = names.labels(names.CHAT, "chat")
_DATA: Final = "/data"
"""Not where the image has its own: it keeps there the models that it reads documents with."""
_ENVIRONMENT: Final = {
    "PORT": str(names.WEB_PORT),
    "DATA_DIR": _DATA,
    # The image is read-only, and what it serves from here it copies at every start.
    "STATIC_DIR": "/tmp/static",  # noqa: S108
    "HOME": "/tmp",  # noqa: S108
    # What an administrator sets in its pages is not what the stack declares: the environment counts.
    "ENABLE_PERSISTENT_CONFIG": "False",
    "ENABLE_OLLAMA_API": "False",
    "OPENAI_API_BASE_URL": f"http://{names.GATEWAY}:{names.GATEWAY_PORT}/v1",
    # Which models there are for everyone, the virtual key says.
    "BYPASS_MODEL_ACCESS_CONTROL": "True",
    # Whoever comes by is no user: its administrator makes their accounts.
    "ENABLE_SIGNUP": "False",
    # It has no way out of the cluster, and would wait for one at every start.
    "HF_HUB_OFFLINE": "1",
    "ENABLE_VERSION_UPDATE_CHECK": "False",
}
_WITH_TIKA: Final = {
    "CONTENT_EXTRACTION_ENGINE": "tika",
    "TIKA_SERVER_URL": f"http://{names.TIKA}:{names.TIKA_PORT}",
}


class OpenWebUI(pulumi.ComponentResource):
    """The pod and its Service. Its volume is one pod's alone, and stays when the chat is turned off."""

    def __init__(
        self,
        name: str,
        *,
        place: Place,
        site: Site,
        shape: Shape,
        volume: Volume,
        postgres_image: str,
        checksum: pulumi.Output[str],
        after: Sequence[pulumi.Resource],
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        super().__init__("litemaas:index:OpenWebUI", name, {}, opts)
        claim = PersistentVolumeClaim(
            f"{name}-data",
            metadata=objects.ready_later(names.CHAT_CLAIM, site.namespace, LABELS),
            spec=objects.claim(volume),
            opts=place.retained(self),
        )
        app.run(
            self,
            name,
            claim,
            *after,
            place=place,
            site=site,
            labels=LABELS,
            port=names.WEB_PORT,
            template=_pod(shape, postgres_image, place.terms, {CHECKSUM: checksum}),
            alone=True,
        )
        self.register_outputs({})


def _pod(
    shape: Shape, postgres_image: str, terms: pods.Terms, annotations: Mapping[str, pulumi.Input[str]]
) -> PodTemplateSpecArgs:
    volumes, mounts = pods.scratch({"tmp": "/tmp"})  # noqa: S108
    checks, checked = database_trust.mounted(shape.database)
    source = PersistentVolumeClaimVolumeSourceArgs(claim_name=names.CHAT_CLAIM)
    data = VolumeMountArgs(name="data", mount_path=_DATA)
    return pods.template(
        LABELS,
        _container(shape, [*mounts, data, *checked]),
        [*volumes, VolumeArgs(name="data", persistent_volume_claim=source), *checks],
        account=names.CHAT,
        terms=terms,
        before=[wait_for_database(postgres_image, shape.database.chat)],
        annotations=annotations,
    )


def _container(shape: Shape, mounts: list[VolumeMountArgs]) -> ContainerArgs:
    port = names.WEB_PORT
    return ContainerArgs(
        name="open-webui",
        image=shape.chat.image_of_version,
        image_pull_policy="IfNotPresent",
        env=[*pods.plain(_environment(shape.chat, secure=shape.exposure.secure)), *_secrets()],
        ports=[ContainerPortArgs(name="http", container_port=port)],
        # Its first start makes its tables, and every one reads the models it searches documents with.
        startup_probe=pods.answers("/health", port, every=3, times=200),
        liveness_probe=pods.answers("/health", port, every=10),
        readiness_probe=pods.answers("/ready", port, every=5),
        resources=pods.resources(sizes.CHAT),
        security_context=pods.container_security(),
        volume_mounts=mounts,
    )


def _environment(chat: Chat, *, secure: bool) -> dict[str, str]:
    own = {"WEBUI_ADMIN_EMAIL": chat.admin, "WEBUI_SESSION_COOKIE_SECURE": str(secure)}
    return {**_ENVIRONMENT, **own, **(_WITH_TIKA if chat.tika else {})}


def _secrets() -> list[EnvVarArgs]:
    kept = (names.DATABASE_URL, names.WEBUI_SECRET_KEY, names.WEBUI_ADMIN_PASSWORD)
    own = [pods.from_secret(variable, names.CHAT_SECRET) for variable in kept]
    return [*own, pods.from_secret("OPENAI_API_KEY", names.KEY_SECRET.format(alias=names.CHAT), names.KEY)]
