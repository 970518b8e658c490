"""What people have in the databases, of which no change of a deployment may take a row."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from tests.end_to_end.support.gateway import Gateway
from tests.end_to_end.support.sandbox import psql

Ask = Callable[[str, str], str]
"""A query to a database, as its server's administrator."""

_MODELS, _GATEWAY = "litemaas", "litellm_db"
_SUBSCRIBED = """
SET ROLE litemaas;
CREATE TABLE subscriptions (id UUID PRIMARY KEY DEFAULT gen_random_uuid(), model_id VARCHAR(255) NOT NULL);
INSERT INTO subscriptions (model_id) VALUES ('granite-3-2-8b-instruct');
"""
_ROWS = r"""
SELECT format(
    'SELECT concat_ws('' '', %L, %s, to_jsonb(t)->>%L) FROM %s t',
    indrelid::regclass, string_agg(format('t.%I', attname), ', ' ORDER BY attnum),
    -- A model is made again under its id when a setting of it is taken back.
    CASE relname WHEN 'LiteLLM_ProxyModelTable' THEN 'model_name' ELSE 'created_at' END, indrelid::regclass
)
FROM pg_index
JOIN pg_class ON pg_class.oid = indrelid AND relnamespace = 'public'::regnamespace
JOIN pg_attribute ON attrelid = indrelid AND attnum = ANY (indkey)
WHERE indisprimary AND relname NOT IN ('LiteLLM_ProxyWorkerHeartbeat', 'LiteLLM_CronJob')
GROUP BY indrelid, relname
\gexec
"""


@dataclass(frozen=True)
class People:
    """The holder of a key, of a team, and every row that there was when they came."""

    holder: Gateway
    rows: frozenset[str]
    databases: tuple[str, ...]
    ask: Ask

    @classmethod
    def come(cls, gateway: Gateway, gateways_database: str = _GATEWAY, ask: Ask = psql) -> "People":
        """They are given a team, a user and a key, and subscribe as the backend has it."""
        team = gateway.ask("POST", "/team/new", {"team_alias": "of-before"})["team_id"]
        user = gateway.ask("POST", "/user/new", {"user_email": "of-before@example.com", "team_id": team})
        ask(_SUBSCRIBED, _MODELS)
        databases = (_MODELS, gateways_database)
        return cls(Gateway(gateway.url, user["key"]), _rows(ask, databases), databases, ask)

    def stay(self) -> "People":
        """They, with the rows that there are now."""
        return replace(self, rows=_rows(self.ask, self.databases))

    def lost(self) -> set[str]:
        """Which of the rows are no more, or are others in their place."""
        return set(self.rows - _rows(self.ask, self.databases))


def _rows(ask: Ask, databases: Iterable[str]) -> frozenset[str]:
    """Every row but those of the gateway's processes: its table, its primary key, and when it was made."""
    first, *others = databases
    script = "\\set QUIET 1\n" + _ROWS + "".join(f"\\connect {database}\n{_ROWS}" for database in others)
    return frozenset(ask(script, first).splitlines())
