"""A generated secret: made once, kept in state, and found again in the cluster when the state is lost."""

from collections.abc import Mapping
from typing import Final

import pulumi
from pulumi.dynamic import CreateResult, DiffResult, Resource, UpdateResult

from litemaas_infra import names
from litemaas_infra.errors import DataProtected
from litemaas_infra.providers.base import Props, Provider, changes
from litemaas_infra.providers.session import Session, session
from litemaas_infra.providers.site import Site
from litemaas_infra.specs.secret import fresh

_KEYS: Final = ("site", "secret", "key", "prefix", "opens_data")


class PasswordProvider(Provider):
    """Makes a value where the cluster has none. It never makes another in its place."""

    def create(self, props: Props) -> CreateResult:
        """The value the cluster's Secret holds, or a new one."""
        site = Site.of(props)
        there = session(site)
        held = there.cluster().secret(site.namespace, props["secret"]) or {}
        value = held.get(props["key"])
        if not value:
            if props["opens_data"]:
                _refuse_locking_out(there, props)
            value = _of_before(there, held, props) or fresh(props["prefix"])
        return CreateResult(f"{site.namespace}/{props['secret']}/{props['key']}", {**props, "value": value})

    def diff(self, id_: str, olds: Props, news: Props) -> DiffResult:
        """Only where it is kept can change."""
        del id_
        return changes(olds, news, _KEYS)

    def update(self, id_: str, olds: Props, news: Props) -> UpdateResult:
        """Kept elsewhere, the value stays what it is."""
        del id_
        return UpdateResult({**news, "value": olds["value"]})


def _of_before(there: Session, held: Mapping[str, str], props: Props) -> str | None:
    """What a gateway and a backend have encrypted under that were given no key for it: the master key.

    Those of a stack always have one; a Secret without it is of a former deployment.
    """
    if not held or props["key"] not in (names.SALT_KEY, names.ENCRYPTION_KEY):
        return None
    gateways = there.cluster().secret(there.site.namespace, names.GATEWAY_SECRET) or {}
    return gateways.get(names.MASTER_KEY)


def _refuse_locking_out(there: Session, props: Props) -> None:
    """Data that exists was made under a value that exists; a new one would lock everyone out of it."""
    namespace = there.site.namespace
    claim = there.cluster().get("v1", f"persistentvolumeclaims/{names.POSTGRES_CLAIM}", namespace)
    if claim is not None:
        raise DataProtected(
            f"the database's volume {names.POSTGRES_CLAIM} is in namespace {namespace}, but "
            f"{props['key']} of Secret {props['secret']} is lost, and a new one could not read the data. "
            "Restore the Secret from a backup and run again; or, if the data may be lost, delete the volume: "
            f"oc delete pvc {names.POSTGRES_CLAIM} -n {namespace}"
        )


class Password(Resource, module="litemaas", name="Password"):
    """A generated value that belongs under `key` of the Kubernetes Secret `secret`.

    One that `opens_data` is not made anew beside a volume that was written under a lost one.
    """

    value: pulumi.Output[str]

    def __init__(
        self,
        name: str,
        *,
        site: Site,
        secret: str,
        key: str,
        prefix: str = "",
        opens_data: bool = False,
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        place = {"site": site.props, "secret": secret, "key": key}
        inputs = {**place, "prefix": prefix, "opens_data": opens_data, "value": None}
        hidden = pulumi.ResourceOptions(additional_secret_outputs=["value"])
        super().__init__(PasswordProvider(), name, inputs, pulumi.ResourceOptions.merge(opts, hidden))
