"""What a former deployment's users have in its databases, of which they may lose nothing."""

from collections.abc import Callable
from typing import Final

Ask = Callable[[str, str], str]
"""A query to a database, as its server's administrator."""

_BACKENDS_TABLES: Final = """
CREATE TABLE users (
    id UUID PRIMARY KEY DEFAULT gen_random_uuid(), username VARCHAR(255) UNIQUE NOT NULL,
    email VARCHAR(255) UNIQUE NOT NULL, oauth_provider VARCHAR(50) NOT NULL, oauth_id VARCHAR(255) NOT NULL,
    roles TEXT[] DEFAULT ARRAY['user'], is_active BOOLEAN DEFAULT true, max_budget DECIMAL(10,2) DEFAULT 100
);
CREATE TABLE models (
    id VARCHAR(255) PRIMARY KEY, name VARCHAR(255) NOT NULL, provider VARCHAR(100) NOT NULL, description TEXT,
    category VARCHAR(100), context_length INTEGER, input_cost_per_token DECIMAL(15,10),
    output_cost_per_token DECIMAL(15,10), supports_vision BOOLEAN DEFAULT false,
    supports_function_calling BOOLEAN DEFAULT false, supports_tool_choice BOOLEAN DEFAULT false,
    supports_parallel_function_calling BOOLEAN DEFAULT false, supports_streaming BOOLEAN DEFAULT true,
    features TEXT[], availability VARCHAR(50) DEFAULT 'available', version VARCHAR(50),
    metadata JSONB DEFAULT '{}', api_base VARCHAR(500), tpm INTEGER, rpm INTEGER, max_tokens INTEGER,
    litellm_model_id VARCHAR(255), created_at TIMESTAMPTZ DEFAULT now(), updated_at TIMESTAMPTZ DEFAULT now()
);
CREATE TABLE subscriptions (
    id UUID PRIMARY KEY DEFAULT gen_random_uuid(), user_id UUID NOT NULL REFERENCES users(id),
    model_id VARCHAR(255) NOT NULL REFERENCES models(id), status VARCHAR(20) NOT NULL DEFAULT 'active'
);
INSERT INTO users (username, email, oauth_provider, oauth_id, is_active) VALUES
    ('ann', 'ann@example.com', 'openshift', '1', true), ('gone', 'gone@example.com', 'openshift', '2', false);
INSERT INTO models (id, name, provider, description) VALUES
    ('granite-3-2-8b-instruct', 'Granite', 'openshift-ai', 'of IBM'),
    ('mistral-7b-instruct', 'Mistral', 'openshift-ai', 'of Mistral');
INSERT INTO subscriptions (user_id, model_id) SELECT id, 'mistral-7b-instruct' FROM users;
"""
_KEPT: Final = {
    "litellm_db": """
        SELECT 'model', to_jsonb(t) FROM (
            SELECT model_id, model_name, created_at FROM "LiteLLM_ProxyModelTable") AS t;
        SELECT 'key', to_jsonb(t) FROM (
            SELECT token, key_alias, key_name, spend, max_budget, models, user_id, team_id, expires
            FROM "LiteLLM_VerificationToken") AS t;
        SELECT 'team', to_jsonb(t) FROM (
            SELECT team_id, team_alias, spend, max_budget, members_with_roles FROM "LiteLLM_TeamTable") AS t;
        SELECT 'user', to_jsonb(t) FROM (SELECT user_id, user_email, spend FROM "LiteLLM_UserTable") AS t;
        SELECT 'spent', to_jsonb(t) FROM (
            SELECT request_id, api_key, spend, total_tokens, model FROM "LiteLLM_SpendLogs") AS t;
    """,
    "litemaas": """
        SELECT 'user', to_jsonb(users) FROM users;
        SELECT 'subscription', to_jsonb(subscriptions) FROM subscriptions;
        SELECT 'row', to_jsonb(t) FROM (SELECT id, description, created_at FROM models) AS t;
    """,
}
"""What people would miss, in each database."""
_COUNTS: Final = r"""
    SELECT format('SELECT %L, count(*) FROM public.%I', current_database() || '.' || relname, relname)
    FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' ORDER BY relname \gexec
"""


def come(ask: Ask) -> None:
    """They log in to the backend's pages, and subscribe to models."""
    ask(_BACKENDS_TABLES, "litemaas")


def listed(ask: Ask) -> set[str]:
    """The rows that people would miss, of both databases."""
    return {line for database, query in _KEPT.items() for line in ask(query, database).splitlines()}


def counted(ask: Ask) -> dict[str, int]:
    """How many rows each table of both databases has."""
    lines = (line for database in _KEPT for line in ask(_COUNTS, database).splitlines())
    return {table: int(rows) for table, _, rows in (line.rpartition("|") for line in lines)}
