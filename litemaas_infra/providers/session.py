"""The way from a site to its services, opened once and shared by all threads of a provider's process."""

import atexit
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from litemaas_infra.clients.services import Services
from litemaas_infra.errors import NotInCluster
from litemaas_infra.providers.site import Site

_sessions: Final[dict[Site, "Session"]] = {}
_lock: Final = threading.Lock()


def session(site: Site) -> "Session":
    """The process's one session with the site."""
    with _lock:
        if site not in _sessions:
            _sessions[site] = Session(site)
        return _sessions[site]


@atexit.register
def close_all() -> None:
    """End every session; the next one begins anew."""
    with _lock:
        for opened in _sessions.values():
            opened.close()
        _sessions.clear()


class Session(Services):
    """Connections to a site's services."""

    def __init__(self, site: Site) -> None:
        super().__init__(site)
        self.site = site

    @contextmanager
    def unless_gone(self) -> Iterator[None]:
        """For what is taken away: where not even the namespace is there any more, it is gone already."""
        try:
            yield
        except NotInCluster:
            if self.exists():
                raise
