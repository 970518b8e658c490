"""Open WebUI as a part of a stack: its virtual key, its pods, and the way to it."""

from collections.abc import Mapping, Sequence
from typing import Final

import pulumi

from litemaas_infra import names
from litemaas_infra.components.exposed import Door, showing
from litemaas_infra.components.exposure import expose
from litemaas_infra.components.keys import Keys
from litemaas_infra.components.open_webui import OpenWebUI
from litemaas_infra.components.place import Place
from litemaas_infra.components.tika import Tika
from litemaas_infra.kube import Ground, Volume
from litemaas_infra.providers.site import Site

_DOOR: Final = Door(names.CHAT, "chat", names.WEB_PORT, output="chat_")


class Chat(pulumi.ComponentResource):
    """A chat over the gateway's models. Turned off, it leaves its Secrets, volume, database and blocked key.

    `outputs` tell where it is and who may log in.
    """

    outputs: Mapping[str, pulumi.Input[str]]

    def __init__(
        self,
        name: str,
        *,
        place: Place,
        site: Site,
        ground: Ground,
        volume: Volume,
        postgres_image: str,
        checksum: pulumi.Output[str],
        after: Sequence[pulumi.Resource],
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        super().__init__("litemaas:index:Chat", name, {}, opts)
        mine, chat = pulumi.ResourceOptions(parent=self), ground.shape.chat
        keys = Keys(
            f"{name}-keys", place=place, site=site, keys=[chat.key], after=after, kept=True, opts=mine
        )
        if chat.tika:
            Tika("tika", place=place, site=site, image=chat.tika_image, opts=mine)
        OpenWebUI(
            "open-webui",
            place=place,
            site=site,
            shape=ground.shape,
            volume=volume,
            postgres_image=postgres_image,
            checksum=checksum,
            after=keys.ready,
            opts=mine,
        )
        exposed = expose(
            f"{name}-exposure",
            place=place,
            namespace=site.namespace,
            exposure=ground.shape.exposure.at(chat.host),
            domain=ground.apps_domain,
            door=_DOOR,
            opts=mine,
        )
        password = showing(exposed, site.namespace, names.CHAT_SECRET, names.WEBUI_ADMIN_PASSWORD)
        self.outputs = {
            "chat_url": exposed.portal,
            "chat_admin": chat.admin,
            "chat_password_command": password,
            **exposed.commands,
        }
        self.register_outputs({})
