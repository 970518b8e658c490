"""A credential of the gateway; the id of the resource is its name.

Pulumi's state has the declared values, encrypted. Of values that a gateway has otherwise it is only told
which they are.
"""

from typing import Final

import pulumi
from pulumi.dynamic import CreateResult, DiffResult, ReadResult, Resource, UpdateResult

from litemaas_infra.clients import references
from litemaas_infra.errors import DataProtected
from litemaas_infra.providers.base import UNSEEN, Props, Provider, changes, gone, say, unseen
from litemaas_infra.providers.session import Session, session
from litemaas_infra.providers.site import Site
from litemaas_infra.specs.credential import CredentialSpec

DIFFERING: Final = "differing"
"""The output that names the values which the gateway has otherwise; only a refresh can find any."""
_KEYS: Final = ("site", "name", "values", "value_secrets", "info", DIFFERING)


class CredentialProvider(Provider):
    """Makes, reads, changes and deletes credentials. Every step may be repeated after an interruption."""

    def create(self, props: Props) -> CreateResult:
        """Make it, or make the one that is there what is declared."""
        there = session(Site.of(props))
        there.credentials().make(_effective(there, props))
        return CreateResult(props["name"], props)

    def read(self, id_: str, props: Props) -> ReadResult:
        """What is stored of it; gone if nothing is."""
        there = session(Site.of(props))
        try:
            if not there.exists():
                return gone()
            found = there.credentials().find(id_)
            if found is None:
                return gone()
            differing = found.differing(_effective(there, props))
        except UNSEEN as why:
            return unseen(id_, props, why)
        if differing:
            say(f"credential {id_!r}: the gateway has another {', '.join(differing)}; `pulumi up` mends that")
        return ReadResult(id_, {**props, "info": dict(found.info), DIFFERING: differing})

    def diff(self, id_: str, olds: Props, news: Props) -> DiffResult:
        """Nothing makes it another one: what is declared under another name is a resource of its own."""
        del id_
        return changes(olds, news, _KEYS)

    def update(self, id_: str, olds: Props, news: Props) -> UpdateResult:
        """Make it what is declared now."""
        del id_, olds
        there = session(Site.of(news))
        there.credentials().ensure(_effective(there, news))
        return UpdateResult(news)

    def delete(self, id_: str, props: Props) -> None:
        """Take it from the gateway, where no model that others made names it."""
        there = session(Site.of(props))
        with there.unless_gone():
            _forget(there, id_)


def _effective(there: Session, props: Props) -> CredentialSpec:
    spec, namespace = CredentialSpec.of(props), there.site.namespace
    taker = f"credential {spec.name!r}"
    return spec.holding(
        {
            name: references.held(there.cluster(), namespace, reference, f"{taker} takes its {name}")
            for name, reference in spec.value_secrets.items()
        }
    )


def _forget(there: Session, name: str) -> None:
    users = there.credentials().users(name)
    if users:
        raise DataProtected(
            f"credential {name!r} is named by models that are not this stack's: {', '.join(users)}; delete "
            "them or give them another credential in the admin UI under Models, and run again"
        )
    there.credentials().forget(name)


class Credential(Resource, module="litemaas", name="Credential"):
    """A credential, for models to name."""

    def __init__(self, name: str, site: Site, spec: CredentialSpec, opts: pulumi.ResourceOptions) -> None:
        fields = spec.fields
        inputs = {**fields, "values": pulumi.Output.secret(fields["values"]), DIFFERING: []}
        hidden = pulumi.ResourceOptions(additional_secret_outputs=["values"])
        merged = pulumi.ResourceOptions.merge(opts, hidden)
        super().__init__(CredentialProvider(), name, {"site": site.props, **inputs}, merged)
