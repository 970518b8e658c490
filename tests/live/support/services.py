"""Every way in which the services can fail, and the requests at which it makes a difference."""

from dataclasses import dataclass
from typing import Final

from tests.live.support import database_proxy as database
from tests.live.support import faults
from tests.live.support import gateway_proxy as gateway
from tests.live.support.faults import Exchange, Fault


@dataclass(frozen=True)
class Trouble:
    """A fault, and the exchanges it may strike."""

    service: type[Exchange]
    fault: Fault
    writes: bool = False
    """Whether only writes count: to a reader it is all one whether the service did as asked."""
    lasting: bool = False
    """Whether it strikes again when the request is repeated."""

    def counts(self, exchange: Exchange) -> bool:
        return isinstance(exchange, self.service) and (exchange.writes or not self.writes)

    @property
    def name(self) -> str:
        return f"{self.service.__name__}-{self.fault.__name__}{'-lasting' * self.lasting}"


_BEFORE: Final = (faults.refused, faults.dropped_before, faults.hanging_before)
_AFTER: Final = (faults.dropped_after, faults.hanging_after)
_GATEWAY: Final = gateway.GatewayExchange
_DATABASE: Final = database.DatabaseExchange

TROUBLES: Final = (
    *(Trouble(service, fault) for service in (_GATEWAY, _DATABASE) for fault in _BEFORE),
    *(Trouble(service, fault, writes=True) for service in (_GATEWAY, _DATABASE) for fault in _AFTER),
    Trouble(_GATEWAY, gateway.status_502),
    Trouble(_GATEWAY, gateway.status_503),
    Trouble(_GATEWAY, gateway.status_503, lasting=True),
    Trouble(_GATEWAY, gateway.saved_but_500, writes=True),
    Trouble(_GATEWAY, gateway.saved_but_500, writes=True, lasting=True),
    Trouble(_GATEWAY, faults.dropped_after, writes=True, lasting=True),
    Trouble(_GATEWAY, gateway.html),
    Trouble(_GATEWAY, gateway.cut_short),
    Trouble(_GATEWAY, gateway.other_shape),
    Trouble(database.Login, database.too_many),
    Trouble(_DATABASE, database.shutting_down),
    Trouble(_DATABASE, database.garbage),
    Trouble(_DATABASE, database.error_after, writes=True),
)
