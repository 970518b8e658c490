"""What was spent, read from LiteLLM's own database, day by day. Nothing is written here: that is LiteLLM's.

A key's own `spend` begins again with each of its budget's durations; these sums never do.
Source: litellm/proxy/schema.prisma, 1.74.7 to 1.109.1.
"""

from dataclasses import dataclass
from datetime import date
from typing import Final, LiteralString

from psycopg.errors import UndefinedTable

from litemaas_infra.clients.postgres import Connection

_SELECT: Final[LiteralString] = """
    SELECT day.date, COALESCE(key.key_alias, day.api_key) AS key, team.team_alias, key.team_id,
           COALESCE(asked.model_name, NULLIF(day.model_group, ''), day.model, '') AS model,
           sum(day.spend)::float8 AS spend,
           sum(day.prompt_tokens + day.completion_tokens)::bigint AS tokens,
           sum(day.api_requests)::bigint AS requests
    FROM "LiteLLM_DailyUserSpend" AS day
    LEFT JOIN "LiteLLM_VerificationToken" AS key ON key.token = day.api_key
    LEFT JOIN "LiteLLM_TeamTable" AS team ON team.team_id = key.team_id
    LEFT JOIN "LiteLLM_ProxyModelTable" AS asked ON asked.model_id = day.model_group
    WHERE day.date >= %s
    GROUP BY 1, 2, 3, 4, 5
    ORDER BY 1, 2, 5
"""


@dataclass(frozen=True)
class Spent:
    """What one key spent on one model in a day."""

    day: date
    key: str
    """Its alias; its token, or LiteLLM's name for the master key, where it has none."""
    team: str | None
    model: str
    """The name that was asked for, also where a deployment was asked by its id."""
    dollars: float
    tokens: int
    requests: int


def since(connection: Connection, first: date) -> list[Spent]:
    """All that was spent since that day, by day; nothing where LiteLLM has not made its tables yet."""
    try:
        rows = connection.execute(_SELECT, (first.isoformat(),)).fetchall()
    except UndefinedTable:
        return []
    return [
        Spent(
            date.fromisoformat(row["date"]),
            row["key"],
            row["team_alias"] or row["team_id"],
            row["model"],
            float(row["spend"]),
            int(row["tokens"]),
            int(row["requests"]),
        )
        for row in rows
    ]
