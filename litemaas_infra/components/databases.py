"""The gateway's database, LiteMaaS's and Open WebUI's, on whichever server the settings name."""

from collections.abc import Sequence

import pulumi
from pulumi_kubernetes.core.v1 import ConfigMap

from litemaas_infra import names
from litemaas_infra.clients.tenancy import Use
from litemaas_infra.components.cloudnativepg import CloudNativePG
from litemaas_infra.components.place import Place
from litemaas_infra.components.postgres import Postgres
from litemaas_infra.kube import Volume, objects
from litemaas_infra.providers.database import Database
from litemaas_infra.providers.site import Site
from litemaas_infra.specs.database import Database as Settings


class Databases(pulumi.ComponentResource):
    """Databases with an owner each; `ready` when they exist and their owners can log in.

    They are the same resources whichever server they are on, so that going to another one deletes nothing.
    """

    ready: Sequence[pulumi.Resource]
    gateway: pulumi.Output[str]
    """Another one when another database has taken the place of the gateway's."""

    def __init__(
        self,
        name: str,
        *,
        place: Place,
        site: Site,
        settings: Settings,
        image: str,
        volume: Volume | None,
        secrets: Sequence[pulumi.Resource],
        checksum: pulumi.Output[str],
        chat: pulumi.Output[str] | None,
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        super().__init__("litemaas:index:Databases", name, {}, opts)
        self._name, self._place, self._site, self._settings = name, place, site, settings
        server = self._server(image, volume, secrets, chat=chat is not None)
        after = [*secrets, *server]
        models = self._database("models", names.BACKEND_SECRET, checksum, after)
        gateway = self._database("gateway", names.GATEWAY_DATABASE_SECRET, checksum, after)
        self.gateway = gateway.token
        self.ready = [*self._authority(), models, gateway]
        if chat is not None:
            self.ready = [*self.ready, self._database("chat", names.CHAT_SECRET, chat, after)]
        self.register_outputs({})

    def _server(
        self, image: str, volume: Volume | None, secrets: Sequence[pulumi.Resource], *, chat: bool
    ) -> Sequence[pulumi.Resource]:
        """The server, if it is the stack's."""
        inside = pulumi.ResourceOptions(parent=self)
        if volume is None:
            return []
        if self._settings.kind == "cnpg":
            cluster = CloudNativePG(
                "postgres",
                place=self._place,
                namespace=self._site.namespace,
                settings=self._settings,
                volume=volume,
                secrets=secrets,
                chat=chat,
                opts=inside,
            )
            return cluster.ready
        server = Postgres(
            "postgres",
            place=self._place,
            site=self._site,
            image=image,
            volume=volume,
            secrets=secrets,
            opts=inside,
        )
        return server.ready

    def _authority(self) -> list[pulumi.Resource]:
        """The ConfigMap, if there is one, that the gateway's pod finds the server's authority in."""
        authority = self._settings.server.authority
        if not (self._settings.checked and authority):
            return []
        return [
            ConfigMap(
                f"{self._name}-authority",
                metadata=objects.metadata(
                    names.DATABASE_AUTHORITY, self._site.namespace, names.GATEWAY_LABELS
                ),
                data={names.AUTHORITY_KEY: authority},
                opts=self._place.inside(self),
            )
        ]

    def _database(
        self, use: Use, secret: str, checksum: pulumi.Output[str], after: Sequence[pulumi.Resource]
    ) -> Database:
        return Database(
            f"{self._name}-{use}",
            site=self._site,
            settings=self._settings,
            use=use,
            secret=secret,
            checksum=checksum,
            # Not ended with the namespace: that it leaves, or drops, a database of a server elsewhere.
            opts=pulumi.ResourceOptions(parent=self, depends_on=after),
        )
