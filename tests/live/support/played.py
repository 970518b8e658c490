"""The services behind proxies, and a provider that is as impatient as tests are."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest

from litemaas_infra.clients import postgres, wire
from litemaas_infra.providers import session, snapshot
from litemaas_infra.providers.base import Props
from litemaas_infra.providers.site import Site
from tests.live.support.database_proxy import database_proxy
from tests.live.support.faults import Exchange, Script
from tests.live.support.gateway_proxy import GatewayExchange, gateway_proxy


@contextmanager
def played(script: Script, site: Props) -> Iterator[Props]:
    """The site with both services as the script has them."""
    real = Site(**site)
    with gateway_proxy(script, real.namespace) as url, database_proxy(script, real.namespace) as address:
        there = replace(real, gateway_url=url, database_address=address)
        # A provider's process asks the cluster for itself; here that would be asked hundreds of times.
        session.session(there).cluster = session.session(real).cluster
        yield there.props
        _forget(there)


def _forget(site: Site) -> None:
    snapshot.outdated(site)
    session._sessions.pop(site).close()


@contextmanager
def impatient(service: type[Exchange]) -> Iterator[None]:
    """Waits for a service that is in trouble, as short as tests are; the other one may take its time."""
    with pytest.MonkeyPatch.context() as patch:
        if service is GatewayExchange:
            patch.setattr(wire, "PATIENCE", 1.0)
            patch.setattr(snapshot, "PATIENCE", 1.0)
            patch.setattr(wire, "PAUSE", 0.1)
            patch.setattr(wire, "ANSWER", 3.0)
        else:
            patch.setattr(postgres, "ANSWER", 3.0)
            patch.setattr(postgres, "CONNECT", 3)
        yield
