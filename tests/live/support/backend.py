"""The backend's tables that refer to models, as the backend makes them, as far as they do."""

from collections.abc import Iterator
from contextlib import contextmanager

from tests.live.support.people import DatabaseAdmin

_SUBSCRIPTIONS = """
    CREATE TABLE subscriptions (
        id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
        model_id VARCHAR(255) NOT NULL REFERENCES models(id),
        status VARCHAR(20) NOT NULL DEFAULT 'active'
    )"""
_GRANTS = """
    CREATE TABLE api_key_models (
        api_key_id UUID NOT NULL DEFAULT gen_random_uuid(),
        model_id VARCHAR(255) NOT NULL REFERENCES models(id) ON DELETE CASCADE,
        PRIMARY KEY (api_key_id, model_id)
    )"""


@contextmanager
def claims_tables(database: DatabaseAdmin) -> Iterator[None]:
    """The tables, beside a `models` table that must be there."""
    database.do(_SUBSCRIPTIONS)
    database.do(_GRANTS)
    try:
        yield
    finally:
        database.do("DROP TABLE subscriptions, api_key_models")


def claim(database: DatabaseAdmin, model_name: str) -> None:
    """A user's subscription to the model, and a key that opens it."""
    database.do("INSERT INTO subscriptions (model_id) VALUES (%s)", model_name)
    database.do("INSERT INTO api_key_models (model_id) VALUES (%s)", model_name)


def claims(database: DatabaseAdmin, model_name: str) -> list[object]:
    """What users hold of the model."""
    return [
        *database.ask("SELECT * FROM subscriptions WHERE model_id = %s ORDER BY id", model_name),
        *database.ask("SELECT * FROM api_key_models WHERE model_id = %s ORDER BY api_key_id", model_name),
    ]
