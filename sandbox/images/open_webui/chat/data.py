"""The tables, as far as an administrator and chats need them."""

import hashlib
import uuid
from collections.abc import Mapping

import psycopg

_TABLES = """
    CREATE TABLE IF NOT EXISTS auth (id text PRIMARY KEY, email text UNIQUE, password text);
    CREATE TABLE IF NOT EXISTS chat (id text PRIMARY KEY, title text)
"""
_FIRST = """
    INSERT INTO auth SELECT %s, %s, %s WHERE NOT EXISTS (SELECT FROM auth)
"""


def prepare(environment: Mapping[str, str]) -> str:
    """Make what is missing, and the administrator where there is no user; what it came to, in one line."""
    login = environment["WEBUI_ADMIN_EMAIL"], _hashed(environment["WEBUI_ADMIN_PASSWORD"])
    with psycopg.connect(environment["DATABASE_URL"]) as rows:
        rows.execute(_TABLES)
        made = rows.execute(_FIRST, (str(uuid.uuid4()), *login)).rowcount
    return "Admin account created" if made else "Users already exist, skipping admin creation"


def knows(url: str, email: str, password: str) -> bool:
    """Whether these are a user's."""
    query = "SELECT FROM auth WHERE email = %s AND password = %s"
    with psycopg.connect(url) as rows:
        return rows.execute(query, (email, _hashed(password))).fetchone() is not None


def answers(url: str) -> bool:
    """Whether the database does."""
    try:
        with psycopg.connect(url, connect_timeout=3) as rows:
            rows.execute("SELECT 1")
    except psycopg.Error:
        return False
    return True


def chats(url: str) -> list[dict[str, str]]:
    """Every chat."""
    with psycopg.connect(url) as rows:
        found = rows.execute("SELECT id, title FROM chat ORDER BY title").fetchall()
    return [{"id": id_, "title": title} for id_, title in found]


def add_chat(url: str, title: str) -> dict[str, str]:
    """A new chat."""
    made = {"id": str(uuid.uuid4()), "title": title}
    with psycopg.connect(url) as rows:
        rows.execute("INSERT INTO chat VALUES (%(id)s, %(title)s)", made)
    return made


def _hashed(password: str) -> str:
    return hashlib.sha256(password.encode()).hexdigest()
