"""The backend's `models` table: made as the backend makes it, kept as the backend keeps it."""

from collections.abc import Mapping
from typing import Any, Final, LiteralString

from psycopg import sql

from litemaas_infra.clients.postgres import Connection

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
    "restricted_access": "BOOLEAN DEFAULT false",
    "created_at": "TIMESTAMP WITH TIME ZONE DEFAULT CURRENT_TIMESTAMP",
    "updated_at": "TIMESTAMP WITH TIME ZONE DEFAULT CURRENT_TIMESTAMP",
}
"""The table as the backend makes it (0.1.2 to 0.4.0); it adds what later versions need to what it finds."""

_LATER: Final[tuple[LiteralString, ...]] = ("backend_model_name", "restricted_access")
"""The columns of ours that the first backends lacked."""

_REFERENCES: Final[tuple[LiteralString, ...]] = ("subscriptions", "api_key_models")
"""The backend's tables that hold users' claims on a model; deleting the model could take them along."""


def ensure_table(connection: Connection) -> None:
    """Make the table where it is missing, and the columns we keep where a table lacks them.

    A complete table is not touched: an ALTER would wait for everyone who is reading it.
    """
    if all(_column_exists(connection, "models", column) for column in _LATER):
        return
    with connection.transaction():
        # IF NOT EXISTS does not hold against another who makes the same table at this moment.
        connection.execute("SELECT pg_advisory_xact_lock(hashtext('litemaas.models'))")
        body = sql.SQL(", ").join(_definition(name) for name in _COLUMNS)
        connection.execute(sql.SQL("CREATE TABLE IF NOT EXISTS models ({})").format(body))
        later = sql.SQL("ALTER TABLE models ADD COLUMN IF NOT EXISTS {}")
        for column in _LATER:
            connection.execute(later.format(_definition(column)))


def save(connection: Connection, values: Mapping[str, Any]) -> None:
    """Make the row of these columns, or make the existing one's what they say; other columns stay."""
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


def every(connection: Connection) -> dict[str, Mapping[str, Any]]:
    """Every row, by id; none where there is no table yet."""
    if not _present(connection, "models"):
        return {}
    return {row["id"]: row for row in connection.execute("SELECT * FROM models")}


def retire(connection: Connection, model_name: str) -> None:
    """Mark the model's row unavailable: users see it no more, and keep what they hold of it."""
    connection.execute("UPDATE models SET availability = 'unavailable' WHERE id = %s", (model_name,))


def remove(connection: Connection, model_name: str, *, force: bool = False) -> int:
    """Delete the model's row, or, while users hold claims on it, only mark it unavailable.

    With `force` the claims are deleted with it. Gives the number of claims: rows of the backend's tables
    that name the model.
    """
    present = _present(connection, "models", *_REFERENCES)
    if "models" not in present:
        return 0
    holding = [table for table in _REFERENCES if table in present]
    with connection.transaction():
        return _remove(connection, model_name, holding, force=force)


def _remove(connection: Connection, model_name: str, holding: list[LiteralString], *, force: bool) -> int:
    # Locked first, so that no claim is made between the count and the deletion.
    connection.execute("SELECT 1 FROM models WHERE id = %s FOR UPDATE", (model_name,))
    claims = sum(_claims(connection, table, model_name) for table in holding)
    if claims and not force:
        retire(connection, model_name)
        return claims
    for table in holding:
        _delete(connection, table, "model_id", model_name)
    _delete(connection, "models", "id", model_name)
    return claims


def _present(connection: Connection, *tables: str) -> set[str]:
    query = "SELECT name FROM unnest(%s::text[]) AS name WHERE to_regclass(name) IS NOT NULL"
    return {row["name"] for row in connection.execute(query, (list(tables),))}


def _claims(connection: Connection, table: LiteralString, model_name: str) -> int:
    query = sql.SQL("SELECT count(*) AS n FROM {} WHERE model_id = %s").format(sql.Identifier(table))
    row = connection.execute(query, (model_name,)).fetchone()
    return int(row["n"]) if row else 0


def _delete(connection: Connection, table: LiteralString, column: LiteralString, value: str) -> None:
    query = sql.SQL("DELETE FROM {} WHERE {} = %s")
    connection.execute(query.format(sql.Identifier(table), sql.Identifier(column)), (value,))


def _column_exists(connection: Connection, table: str, column: str) -> bool:
    query = (
        "SELECT 1 FROM pg_attribute WHERE attrelid = to_regclass(%s) AND attname = %s AND NOT attisdropped"
    )
    return connection.execute(query, (table, column)).fetchone() is not None


def _definition(column: LiteralString) -> sql.Composed:
    return sql.SQL("{} {}").format(sql.Identifier(column), sql.SQL(_COLUMNS[column]))
