"""The models a stack serves."""

from collections.abc import Mapping, Sequence

import pulumi

from litemaas_infra.components.place import Place
from litemaas_infra.providers.model import Model
from litemaas_infra.providers.served import Served
from litemaas_infra.providers.site import Site
from litemaas_infra.specs.model import ModelSpec


class Catalogue(pulumi.ComponentResource):
    """Every declared model, registered once gateway and databases are there, served by every replica.

    `ids` are LiteLLM's ids by model_name; what is made after `ready` finds all of them served.
    """

    ids: dict[str, pulumi.Output[str]]
    ready: Sequence[pulumi.Resource]

    def __init__(
        self,
        name: str,
        *,
        place: Place,
        site: Site,
        models: tuple[ModelSpec, ...],
        credentials: Mapping[str, pulumi.Resource],
        after: Sequence[pulumi.Resource],
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        super().__init__("litemaas:index:Catalogue", name, {}, opts)
        made = {}
        for spec in models:
            inside = place.served(self, *after, *_named(spec, credentials))
            made[called(spec)] = Model(f"{name}-{called(spec)}", spec, site, inside)
        ids = [model.litellm_model_id for model in made.values()]
        self.ready = after
        if ids:
            served = Served(f"{name}-served", site=site, ids=ids, opts=place.served(self, *made.values()))
            self.ready = [*after, served]
        self.ids = {model_name: model.litellm_model_id for model_name, model in made.items()}
        self.register_outputs({"ids": self.ids})


def _named(spec: ModelSpec, credentials: Mapping[str, pulumi.Resource]) -> list[pulumi.Resource]:
    """The credential that the model names, if it is the stack's."""
    named = credentials.get(spec.litellm_credential_name or "")
    return [named] if named else []


def called(spec: ModelSpec) -> str:
    """The model's name among the stack's resources, with the deployment's where it has one."""
    return f"{spec.model_name}@{spec.deployment}" if spec.deployment else spec.model_name
