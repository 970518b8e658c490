"""The models a stack serves."""

from collections.abc import Sequence

import pulumi

from litemaas_infra.components.place import Place
from litemaas_infra.providers.model import Model
from litemaas_infra.providers.site import Site
from litemaas_infra.specs.model import ModelSpec


class Catalogue(pulumi.ComponentResource):
    """Every declared model, registered once the gateway and the databases are there; `ids` by model_name."""

    ids: dict[str, pulumi.Output[str]]

    def __init__(
        self,
        name: str,
        *,
        place: Place,
        site: Site,
        models: tuple[ModelSpec, ...],
        after: Sequence[pulumi.Resource],
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        super().__init__("litemaas:index:Catalogue", name, {}, opts)
        inside = place.served(self, *after)
        made = [Model(f"{name}-{spec.model_name}", spec, site, inside) for spec in models]
        self.ids = {spec.model_name: model.litellm_model_id for spec, model in zip(models, made, strict=True)}
        self.register_outputs({"ids": self.ids})
