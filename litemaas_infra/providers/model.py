"""A model: its deployment in the gateway and its row in the backend's database, as one resource."""

from typing import Final

import pulumi
from pulumi.dynamic import CreateResult, DiffResult, ReadResult, Resource, UpdateResult

from litemaas_infra.clients import models_table
from litemaas_infra.errors import NotInCluster
from litemaas_infra.providers.base import Props, Provider, gone, say, unseen
from litemaas_infra.providers.site import Site
from litemaas_infra.specs import drift
from litemaas_infra.specs.fields import ID, NAMES, SECRET, changed, fields_of, spec_of
from litemaas_infra.specs.model import ModelSpec

DECLARED: Final = "declared"
"""The output that keeps what was last made: a refresh puts what it finds into the others."""


class ModelProvider(Provider):
    """Makes, reads, changes and deletes models. Every step may be repeated after an interruption."""

    def create(self, props: Props) -> CreateResult:
        """Make the deployment, then the row that names it."""
        self._apply(props)
        return CreateResult(props[ID], _made(props))

    def read(self, id_: str, props: Props) -> ReadResult:
        """What the gateway and the row say now; gone if the gateway no longer serves the model."""
        try:
            return self._look(id_, props)
        except NotInCluster as missing:
            return unseen(id_, props, missing)

    def _look(self, id_: str, props: Props) -> ReadResult:
        site, declared = Site.of(props), props[DECLARED]
        with site.cluster() as cluster:
            if cluster.get("v1", f"namespaces/{site.namespace}") is None:
                return gone()
            with site.services(cluster) as (gateway, rows):
                deployment = gateway.find(id_)
                row = models_table.find(rows, declared["model_name"])
        if deployment is None:
            return gone()
        found = drift.live_fields({**declared, SECRET: props[SECRET]}, deployment, row)
        return ReadResult(id_, {**props, **found}, {"site": props["site"], **found})

    def diff(self, id_: str, olds: Props, news: Props) -> DiffResult:
        """What differs. Another declared name is another model; one given by hand is given back."""
        different = changed(olds, news)
        renamed = ["model_name"] if news[ID] != id_ else []
        moved = olds.get("site") != news.get("site")
        return DiffResult(
            changes=bool(different) or moved, replaces=renamed, stables=[], delete_before_replace=True
        )

    def update(self, id_: str, olds: Props, news: Props) -> UpdateResult:
        """Make the deployment and the row what is declared now."""
        del id_
        # LiteLLM cannot take back a context length it was told: then the deployment is made anew.
        told = olds[DECLARED].get("context_length") is not None
        self._apply(news, anew=told and news.get("context_length") is None)
        return UpdateResult(_made(news))

    def delete(self, id_: str, props: Props) -> None:
        """Take the model from the gateway, then its row, which stays while users hold claims on it."""
        site, model_name = Site.of(props), props[DECLARED]["model_name"]
        with site.cluster() as cluster:
            if cluster.get("v1", f"namespaces/{site.namespace}") is None:
                return
            with site.services(cluster) as (gateway, rows):
                gateway.forget(id_)
                claims = models_table.remove(rows, model_name)
        if claims:
            say(
                f"{model_name}: {claims} subscriptions and keys of users name it; "
                "its row is kept as 'unavailable'"
            )

    def _apply(self, props: Props, *, anew: bool = False) -> None:
        site, spec = Site.of(props), spec_of(props)
        with site.cluster() as cluster, site.services(cluster) as (gateway, rows):
            if anew:
                gateway.forget(props[ID])
            gateway.register(spec)
            models_table.ensure_table(rows)
            models_table.save(rows, spec)


def _made(props: Props) -> Props:
    return {**props, DECLARED: {name: props.get(name) for name in NAMES if name != SECRET}}


class Model(Resource, module="litemaas", name="Model"):
    """A declared model. Its id is the one LiteLLM knows it by, and follows from its model_name."""

    litellm_model_id: pulumi.Output[str]

    def __init__(
        self, name: str, spec: ModelSpec, site: Site, opts: pulumi.ResourceOptions | None = None
    ) -> None:
        fields = fields_of(spec)
        inputs = {**fields, SECRET: pulumi.Output.secret(fields[SECRET]), "site": site.props}
        secret = pulumi.ResourceOptions(additional_secret_outputs=[SECRET])
        super().__init__(ModelProvider(), name, inputs, pulumi.ResourceOptions.merge(opts, secret))
