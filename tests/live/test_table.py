"""The backend's table: made as the backend makes it, and adopted as it is found."""

import time
from collections.abc import Callable, Iterator

import pytest

from tests.live.support.people import DatabaseAdmin
from tests.live.support.pulumi import ManagedModel

STRING, TIME = "character varying", "timestamp with time zone"
AS_THE_BACKEND_MAKES_IT = {
    # name: type, length or precision, nullable, default
    "id": (STRING, 255, "NO", None),
    "name": (STRING, 255, "NO", None),
    "provider": (STRING, 100, "NO", None),
    "description": ("text", None, "YES", None),
    "category": (STRING, 100, "YES", None),
    "context_length": ("integer", 32, "YES", None),
    "input_cost_per_token": ("numeric", 15, "YES", None),
    "output_cost_per_token": ("numeric", 15, "YES", None),
    "supports_vision": ("boolean", None, "YES", "false"),
    "supports_function_calling": ("boolean", None, "YES", "false"),
    "supports_tool_choice": ("boolean", None, "YES", "false"),
    "supports_parallel_function_calling": ("boolean", None, "YES", "false"),
    "supports_streaming": ("boolean", None, "YES", "true"),
    "features": ("ARRAY", None, "YES", None),
    "availability": (STRING, 50, "YES", "'available'::character varying"),
    "version": (STRING, 50, "YES", None),
    "metadata": ("jsonb", None, "YES", "'{}'::jsonb"),
    "api_base": (STRING, 500, "YES", None),
    "tpm": ("integer", 32, "YES", None),
    "rpm": ("integer", 32, "YES", None),
    "max_tokens": ("integer", 32, "YES", None),
    "litellm_model_id": (STRING, 255, "YES", None),
    "backend_model_name": (STRING, 255, "YES", None),
    "restricted_access": ("boolean", None, "YES", "false"),
    "created_at": (TIME, None, "YES", "CURRENT_TIMESTAMP"),
    "updated_at": (TIME, None, "YES", "CURRENT_TIMESTAMP"),
}
OF_BACKEND_0_1_2 = """
    CREATE TABLE models (
        id VARCHAR(255) PRIMARY KEY, name VARCHAR(255) NOT NULL, provider VARCHAR(100) NOT NULL,
        description TEXT, category VARCHAR(100), context_length INTEGER,
        input_cost_per_token DECIMAL(15,10), output_cost_per_token DECIMAL(15,10),
        supports_vision BOOLEAN DEFAULT false, supports_function_calling BOOLEAN DEFAULT false,
        supports_tool_choice BOOLEAN DEFAULT false, supports_parallel_function_calling BOOLEAN DEFAULT false,
        supports_streaming BOOLEAN DEFAULT true, features TEXT[],
        availability VARCHAR(50) DEFAULT 'available', version VARCHAR(50), metadata JSONB DEFAULT '{}',
        api_base VARCHAR(500), tpm INTEGER, rpm INTEGER, max_tokens INTEGER, litellm_model_id VARCHAR(255),
        created_at TIMESTAMPTZ DEFAULT now(), updated_at TIMESTAMPTZ DEFAULT now(),
        restricted_access BOOLEAN DEFAULT false, encrypted_api_key TEXT
    )"""
SHAPE = """
    SELECT column_name, data_type, coalesce(character_maximum_length, numeric_precision) AS size,
           is_nullable, column_default
    FROM information_schema.columns WHERE table_schema = 'public' AND table_name = 'models'
    ORDER BY ordinal_position"""


@pytest.fixture(autouse=True)
def no_table(database: DatabaseAdmin) -> Iterator[None]:
    """A database without the table, before and after: each create makes it where it is missing."""
    database.do("DROP TABLE IF EXISTS models")
    yield
    database.do("DROP TABLE IF EXISTS models")


def test_the_table_is_made_as_the_backend_makes_it(
    declare: Callable[..., ManagedModel], database: DatabaseAdmin
) -> None:
    declare().create()
    shape = {row.pop("column_name"): tuple(row.values()) for row in database.ask(SHAPE)}
    assert shape == AS_THE_BACKEND_MAKES_IT
    [scale] = database.ask(
        "SELECT DISTINCT numeric_scale FROM information_schema.columns "
        "WHERE table_name = 'models' AND data_type = 'numeric'"
    )
    assert scale["numeric_scale"] == 10
    key = database.ask(
        "SELECT a.attname FROM pg_index i JOIN pg_attribute a ON a.attrelid = i.indrelid "
        "AND a.attnum = ANY(i.indkey) WHERE i.indrelid = 'models'::regclass AND i.indisprimary"
    )
    assert key == [{"attname": "id"}]


def test_an_older_table_is_adopted_with_all_it_holds(
    declare: Callable[..., ManagedModel], database: DatabaseAdmin
) -> None:
    model = declare(description="ours")
    database.do(OF_BACKEND_0_1_2)
    keep = (
        "INSERT INTO models (id, name, provider, description, features, metadata, version, supports_vision, "
        "input_cost_per_token, max_tokens, restricted_access, encrypted_api_key, created_at) VALUES "
        "(%s, 'Theirs', 'openai', 'theirs', ARRAY['chat'], '{\"k\": [1]}', '1.0', true, 0.0000012345, "
        "77, true, 'cipher', '2024-01-02T03:04:05Z')"
    )
    database.do(keep, model.name)
    database.do(keep, "somebody's")
    before, others = database.row(model.name), database.row("somebody's")
    assert before is not None

    model.create()
    after = database.row(model.name)
    assert after is not None
    assert (after["name"], after["description"]) == (model.name, "ours")
    assert after["backend_model_name"] == "granite-3-2-8b-instruct"
    foreign = {"features", "metadata", "version", "encrypted_api_key", "created_at"}
    assert {k: v for k, v in after.items() if k in foreign} == {k: before[k] for k in foreign}
    assert database.row("somebody's") == {**(others or {}), "backend_model_name": None}
    assert model.refresh() == []


def test_a_row_of_an_older_table_is_read_without_changing_it(
    declare: Callable[..., ManagedModel], database: DatabaseAdmin
) -> None:
    model = declare()
    model.create()
    database.do("ALTER TABLE models DROP COLUMN backend_model_name")
    assert model.refresh() == ["litellm_model"]
    columns = {row["column_name"] for row in database.ask(SHAPE)}
    assert "backend_model_name" not in columns
    model.update()
    assert model.refresh() == []


def test_nobody_who_reads_the_table_holds_up_an_update(
    declare: Callable[..., ManagedModel], database: DatabaseAdmin
) -> None:
    model = declare()
    model.create()
    model.change(description="new")
    with database.connection.transaction():
        assert database.row(model.name) is not None
        started = time.monotonic()
        model.update()
        assert time.monotonic() - started < 10
    assert model.refresh() == []
