"""The backend's `models` table: made as the backend makes it, kept as the backend keeps it."""

from collections.abc import Mapping
from typing import Any, Final, LiteralString

from psycopg import sql

from litemaas_infra.clients.postgres import Connection
from litemaas_infra.specs.model import ModelSpec
from litemaas_infra.specs.row import columns

_COLUMNS: Final[Mapping[LiteralString, LiteralString]] = {
    "id": "VARCHAR(255) PRIMARY KEY",
    "name": "VARCHAR(255) NOT NULL",
    "provider": "VARCHAR(100) NOT NULL",
    "description": "TEXT",
    "category": "VARCHAR(100)",
    "context_length": "INTEGER",
    "input_cost_per_token": "DECIMAL(15, 10)",
    "output_cost_per_token": "DECIMAL(15, 10)",
    "supports_vision": "BOOLEAN DEFAULT false",
    "supports_function_calling": "BOOLEAN DEFAULT false",
    "supports_tool_choice": "BOOLEAN DEFAULT false",
    "supports_parallel_function_calling": "BOOLEAN DEFAULT false",
    "supports_streaming": "BOOLEAN DEFAULT true",
    "features": "TEXT[]",
    "availability": "VARCHAR(50) DEFAULT 'available'",
    "version": "VARCHAR(50)",
    "metadata": "JSONB DEFAULT '{}'",
    "api_base": "VARCHAR(500)",
    "tpm": "INTEGER",
    "rpm": "INTEGER",
    "max_tokens": "INTEGER",
    "litellm_model_id": "VARCHAR(255)",
    "backend_model_name": "VARCHAR(255)",
    "created_at": "TIMESTAMP WITH TIME ZONE DEFAULT CURRENT_TIMESTAMP",
    "updated_at": "TIMESTAMP WITH TIME ZONE DEFAULT CURRENT_TIMESTAMP",
}
"""The table as the backend makes it (0.1.2 to 0.4.0); it adds what later versions need to what it finds."""

_LATER: Final = "backend_model_name"
"""The column of ours that the first backends lacked."""

_REFERENCES: Final[tuple[LiteralString, ...]] = ("subscriptions", "api_key_models")
"""The backend's tables that hold users' claims on a model; deleting the model could take them along."""


def ensure_table(connection: Connection) -> None:
    """Make the table where it is missing, and the columns we keep where a table lacks them.

    A complete table is not touched: an ALTER would wait for everyone who is reading it.
    """
    if _column_exists(connection, "models", _LATER):
        return
    # IF NOT EXISTS does not hold against another who makes the same table at this moment.
    connection.execute("SELECT pg_advisory_xact_lock(hashtext('litemaas.models'))")
    body = sql.SQL(", ").join(_definition(name) for name in _COLUMNS)
    connection.execute(sql.SQL("CREATE TABLE IF NOT EXISTS models ({})").format(body))
    later = sql.SQL("ALTER TABLE models ADD COLUMN IF NOT EXISTS {}")
    connection.execute(later.format(_definition(_LATER)))


def save(connection: Connection, spec: ModelSpec) -> None:
    """Make the model's row, or make the existing one's columns of ours what the spec says."""
    values = columns(spec)
    query = sql.SQL(
        "INSERT INTO models ({names}) VALUES ({values}) "
        "ON CONFLICT (id) DO UPDATE SET {changes}, updated_at = CURRENT_TIMESTAMP"
    )
    changes = [sql.SQL("{0} = EXCLUDED.{0}").format(sql.Identifier(name)) for name in values]
    connection.execute(
        query.format(
            names=sql.SQL(", ").join(map(sql.Identifier, values)),
            values=sql.SQL(", ").join(map(sql.Placeholder, values)),
            changes=sql.SQL(", ").join(changes),
        ),
        values,
    )


def find(connection: Connection, model_name: str) -> Mapping[str, Any] | None:
    """The model's row; None if there is no such row, or no table yet."""
    if not _table_exists(connection, "models"):
        return None
    return connection.execute("SELECT * FROM models WHERE id = %s", (model_name,)).fetchone()


def remove(connection: Connection, model_name: str) -> int:
    """Delete the model's row, or, while users hold claims on it, only mark it unavailable.

    Gives the number of claims: rows of the backend's tables that name the model.
    """
    if not _table_exists(connection, "models"):
        return 0
    # Locked first, so that no claim is made between the count and the deletion.
    connection.execute("SELECT 1 FROM models WHERE id = %s FOR UPDATE", (model_name,))
    claims = sum(_claims(connection, table, model_name) for table in _REFERENCES)
    if claims:
        connection.execute("UPDATE models SET availability = 'unavailable' WHERE id = %s", (model_name,))
    else:
        connection.execute("DELETE FROM models WHERE id = %s", (model_name,))
    return claims


def _claims(connection: Connection, table: LiteralString, model_name: str) -> int:
    if not _table_exists(connection, table):
        return 0
    query = sql.SQL("SELECT count(*) AS n FROM {} WHERE model_id = %s").format(sql.Identifier(table))
    row = connection.execute(query, (model_name,)).fetchone()
    return int(row["n"]) if row else 0


def _table_exists(connection: Connection, table: str) -> bool:
    row = connection.execute("SELECT to_regclass(%s) AS found", (table,)).fetchone()
    return row is not None and row["found"] is not None


def _column_exists(connection: Connection, table: str, column: str) -> bool:
    query = (
        "SELECT 1 FROM pg_attribute WHERE attrelid = to_regclass(%s) AND attname = %s AND NOT attisdropped"
    )
    return connection.execute(query, (table, column)).fetchone() is not None


def _definition(column: LiteralString) -> sql.Composed:
    return sql.SQL("{} {}").format(sql.Identifier(column), sql.SQL(_COLUMNS[column]))
