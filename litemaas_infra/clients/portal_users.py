"""Who uses LiteMaaS's backend, read from its own tables. Nothing is written here: that is the backend's.

Source: backend/src/lib/database-migrations.ts, 0.1.2 to 0.4.0.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, LiteralString

from psycopg.errors import UndefinedTable

from litemaas_infra.clients.postgres import Connection

_SELECT: Final[LiteralString] = """
    SELECT person.email,
           array_remove(array_agg(DISTINCT held.model_id::text), NULL) AS models
    FROM users AS person
    LEFT JOIN subscriptions AS held ON held.user_id = person.id AND held.status = 'active'
    WHERE person.is_active
    GROUP BY 1
    ORDER BY 1
"""


@dataclass(frozen=True)
class PortalUser:
    """A user of the backend's pages."""

    email: str
    models: Sequence[str]
    """What they are subscribed to."""


def active(connection: Connection) -> list[PortalUser]:
    """Every user who may log in; none where no backend ever ran."""
    try:
        found = connection.execute(_SELECT).fetchall()
    except UndefinedTable:
        return []
    return [PortalUser(row["email"], row["models"]) for row in found]
