"""The credentials that a stack's models name."""

from collections.abc import Mapping, Sequence

import pulumi

from litemaas_infra.components.place import Place
from litemaas_infra.providers.credential import Credential
from litemaas_infra.providers.site import Site
from litemaas_infra.specs.credential import CredentialSpec


class EndpointCredentials(pulumi.ComponentResource):
    """Every declared credential, made before the models that name it and deleted after them, by its name."""

    made: Mapping[str, pulumi.Resource]

    def __init__(
        self,
        name: str,
        *,
        place: Place,
        site: Site,
        credentials: Sequence[CredentialSpec],
        after: Sequence[pulumi.Resource],
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        super().__init__("litemaas:index:EndpointCredentials", name, {}, opts)
        served = place.served(self, *after)
        self.made = {spec.name: Credential(f"{name}-{spec.name}", site, spec, served) for spec in credentials}
        self.register_outputs({})
