"""What the backend asks of its variables."""

import os
import re
import ssl
from collections.abc import Iterator, Mapping
from urllib.parse import parse_qs, urlsplit

REQUIRED = (
    "DATABASE_URL",
    "LITELLM_DATABASE_URL",
    "JWT_SECRET",
    "ADMIN_API_KEYS",
    "OAUTH_CLIENT_ID",
    "OAUTH_CLIENT_SECRET",
    "OAUTH_ISSUER",
    "OAUTH_CALLBACK_URL",
    "CORS_ORIGIN",
    "LITELLM_API_URL",
    "LITELLM_API_KEY",
    "LITELLM_MASTER_KEY",
)
URLS = ("OAUTH_ISSUER", "OAUTH_CALLBACK_URL", "CORS_ORIGIN", "LITELLM_API_URL")
SECRETS = ("JWT_SECRET", "LITELLM_MASTER_KEY", "ADMIN_API_KEYS", "OAUTH_CLIENT_SECRET")
SHORTEST = 32
"""Characters of a secret that nobody guesses."""


def problems(environment: Mapping[str, str]) -> list[str]:
    """Everything that is wrong, in words that hold no secret."""
    return [*_missing(environment), *_malformed(environment), *_unsound(environment)]


def _missing(environment: Mapping[str, str]) -> Iterator[str]:
    yield from (f"{name} is not set" for name in REQUIRED if not environment.get(name))


def _malformed(environment: Mapping[str, str]) -> Iterator[str]:
    for name in URLS:
        if not re.match(r"https?://[^/]+", environment.get(name, "")):
            yield f"{name} is no URL"
    for name in SECRETS:
        if len(environment.get(name, "")) < SHORTEST:
            yield f"{name} has fewer than {SHORTEST} characters"
    for name in ("DATABASE_URL", "LITELLM_DATABASE_URL"):
        if "sslmode" not in parse_qs(urlsplit(environment.get(name, "")).query):
            yield f"{name} does not say whether the server has TLS"


def _unsound(environment: Mapping[str, str]) -> Iterator[str]:
    if environment.get("NODE_ENV") != "production":
        yield "NODE_ENV is not production, so anyone may log in"
    if environment.get("NODE_TLS_REJECT_UNAUTHORIZED") == "0":
        yield "NODE_TLS_REJECT_UNAUTHORIZED turns the check of certificates off"
    if environment.get("OAUTH_CALLBACK_URL") != f"{environment.get('CORS_ORIGIN')}/api/auth/callback":
        yield "OAUTH_CALLBACK_URL is not below CORS_ORIGIN, where users come from"
    if not os.access(environment.get("HOME", "/"), os.W_OK):
        yield "HOME is not writable, where npm keeps its log"
    try:
        ssl.create_default_context(cafile=environment.get("NODE_EXTRA_CA_CERTS", ""))
    except OSError:
        yield "NODE_EXTRA_CA_CERTS holds no certificate"
