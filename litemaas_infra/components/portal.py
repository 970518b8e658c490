"""What users of LiteMaaS see: its frontend and backend, under one host, and how they log in."""

from collections.abc import Mapping, Sequence
from typing import Final

import pulumi

from litemaas_infra import names
from litemaas_infra.components.backend import Backend
from litemaas_infra.components.backend_keys import BackendKeys
from litemaas_infra.components.exposed import Door, Exposed
from litemaas_infra.components.exposure import expose
from litemaas_infra.components.frontend import Frontend
from litemaas_infra.components.oauth import OAuthClient
from litemaas_infra.components.place import Place
from litemaas_infra.kube import Ground
from litemaas_infra.providers.site import Site
from litemaas_infra.specs.backend import CALLBACK

_FRONTEND: Final = Door(names.FRONTEND, "web", names.WEB_PORT, output="frontend_")
_BACKEND: Final = Door(names.BACKEND, "api", names.WEB_PORT, path="/api")


class Portal(pulumi.ComponentResource):
    """Backend and frontend, made once the gateway serves every model, so that the backend retires none.

    `outputs` tell where they are.
    """

    outputs: Mapping[str, pulumi.Input[str]]

    def __init__(
        self,
        name: str,
        *,
        place: Place,
        site: Site,
        ground: Ground,
        gateway: Exposed,
        postgres_image: str,
        checksum: pulumi.Output[str],
        after: Sequence[pulumi.Resource],
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        super().__init__("litemaas:index:Portal", name, {}, opts)
        mine = pulumi.ResourceOptions(parent=self)
        wanted, address = ground.shape.backend, ground.shape.backend.address(ground.shape.exposure)
        keys = BackendKeys("backend-keys", place=place, site=site, backend=wanted, opts=mine)
        client = self._client(place, ground, keys, address)
        backend = Backend(
            "backend",
            place=place,
            site=site,
            wanted=wanted,
            address=address,
            gateway_url=_reachable(ground, gateway),
            postgres_image=postgres_image,
            database=ground.shape.database,
            keys=keys.secret,
            checksum=checksum,
            after=[*after, *client],
            opts=mine,
        )
        Frontend(
            "frontend",
            place=place,
            site=site,
            image=wanted.image_of_frontend,
            after=backend.ready,
            opts=mine,
        )
        commands = self._expose(place, site.namespace, ground)
        self.outputs = {"frontend_url": address, "backend_url": f"{address}/api", **commands}
        self.register_outputs({})

    def _client(self, place: Place, ground: Ground, keys: BackendKeys, address: str) -> list[pulumi.Resource]:
        if keys.client_secret is None:
            return []
        return [
            OAuthClient(
                "oauth-client",
                client_id=str(ground.shape.backend.client_id),
                secret=keys.client_secret,
                callback=address + CALLBACK,
                opts=place.inside(self),
            )
        ]

    def _expose(self, place: Place, namespace: str, ground: Ground) -> dict[str, str]:
        """Both under one host; inside the cluster the frontend alone, which leads to the backend."""
        inside = ground.shape.exposure.kind == "internal"
        commands: dict[str, str] = {}
        for door in (_FRONTEND,) if inside else (_FRONTEND, _BACKEND):
            exposed = expose(
                f"{door.app}-exposure",
                place=place,
                namespace=namespace,
                exposure=ground.shape.exposure.at(ground.shape.backend.host),
                domain=ground.apps_domain,
                door=door,
                opts=pulumi.ResourceOptions(parent=self),
            )
            commands |= exposed.commands
        return commands


def _reachable(ground: Ground, gateway: Exposed) -> pulumi.Input[str]:
    """The gateway's address as users are shown it; a name that means each one's own machine is no address."""
    if (ground.shape.exposure.host or "").endswith("localhost"):
        return f"http://{names.GATEWAY}:{names.GATEWAY_PORT}"
    return gateway.url
