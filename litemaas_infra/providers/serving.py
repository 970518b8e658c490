"""The Secret of the gateway's own certificate, waited for and watched: a renewed one is another revision."""

import time
from typing import Final

import pulumi
from pulumi.dynamic import CreateResult, DiffResult, ReadResult, Resource, UpdateResult

from litemaas_infra import names
from litemaas_infra.errors import NotInCluster
from litemaas_infra.providers.base import Props, Provider, changes, gone
from litemaas_infra.providers.session import session
from litemaas_infra.providers.site import Site
from litemaas_infra.specs import serving

PATIENCE: Final = 60.0
"""Seconds for OpenShift's service CA to make a certificate, which takes it one or two."""
_PAUSE: Final = 1.0
_KEYS: Final = ("site", "secret")


class ServingProvider(Provider):
    """Makes nothing: the Secret is the service CA's, or the user's."""

    def create(self, props: Props) -> CreateResult:
        """Wait until it is there. Raises NotInCluster."""
        return CreateResult(props["secret"], {**props, **_awaited(props)})

    def read(self, id_: str, props: Props) -> ReadResult:
        """Which certificate is in it now."""
        found = _look(props)
        return ReadResult(id_, {**props, **found}) if found else gone()

    def diff(self, id_: str, olds: Props, news: Props) -> DiffResult:
        """A renewed certificate is a change that nobody declares."""
        del id_
        found = changes(olds, news, _KEYS)
        found.changes = found.changes or any(olds.get(key) != value for key, value in _look(news).items())
        return found

    def update(self, id_: str, olds: Props, news: Props) -> UpdateResult:
        """Tell of the new one."""
        del id_, olds
        return UpdateResult({**news, **_awaited(news)})


def _awaited(props: Props) -> Props:
    deadline = time.monotonic() + PATIENCE
    while not (found := _look(props)):
        if time.monotonic() > deadline:
            namespace = Site.of(props).namespace
            raise NotInCluster(
                f"after {PATIENCE:.0f} s no certificate is in Secret {props['secret']} of namespace "
                f"{namespace}; why OpenShift's service CA makes none, say `oc describe service "
                f"{names.GATEWAY} -n {namespace}` and `oc get clusteroperator service-ca`"
            )
        time.sleep(_PAUSE)
    return found


def _look(props: Props) -> Props:
    """The certificate's revision and authority; nothing while it is not there."""
    site = Site.of(props)
    values = session(site).cluster().secret(site.namespace, props["secret"]) or {}
    if not serving.whole(values):
        return {}
    return {"revision": serving.revision(values), "authority": values.get(serving.AUTHORITY)}


class ServingCertificate(Resource, module="litemaas", name="ServingCertificate"):
    """The certificate in a Secret, by its revision, and the authority that it is said to come from."""

    revision: pulumi.Output[str]
    authority: pulumi.Output[str]

    def __init__(self, name: str, *, site: Site, secret: str, opts: pulumi.ResourceOptions) -> None:
        # No more of the site than the way to the Secret: other settings are no reason to look again.
        place = {"site": Site(site.namespace, site.context).props, "secret": secret}
        super().__init__(ServingProvider(), name, {**place, "revision": None, "authority": None}, opts)
