"""What Open WebUI asks of its variables, and what would leave it open or forgetful."""

import os
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

REQUIRED = (
    "DATABASE_URL",
    "WEBUI_SECRET_KEY",
    "WEBUI_ADMIN_EMAIL",
    "WEBUI_ADMIN_PASSWORD",
    "OPENAI_API_BASE_URL",
    "OPENAI_API_KEY",
    "DATA_DIR",
    "STATIC_DIR",
    "HOME",
)
EXPECTED = {
    "ENABLE_PERSISTENT_CONFIG": "False",
    "ENABLE_SIGNUP": "False",
    "ENABLE_OLLAMA_API": "False",
    "HF_HUB_OFFLINE": "1",
}
SECRETS = ("WEBUI_SECRET_KEY", "WEBUI_ADMIN_PASSWORD")
SHORTEST = 32
"""Characters of a secret that nobody guesses."""
OF_THE_IMAGE = "/app/backend/data"
"""Where the image keeps models, which a volume would hide."""


def problems(environment: Mapping[str, str]) -> list[str]:
    """Everything that is wrong, in words that hold no secret."""
    return [*_missing(environment), *_malformed(environment), *_unsound(environment)]


def _missing(environment: Mapping[str, str]) -> Iterator[str]:
    yield from (f"{name} is not set" for name in REQUIRED if not environment.get(name))
    if environment.get("CONTENT_EXTRACTION_ENGINE") == "tika" and not environment.get("TIKA_SERVER_URL"):
        yield "TIKA_SERVER_URL is not set"


def _malformed(environment: Mapping[str, str]) -> Iterator[str]:
    if not re.fullmatch(r"https?://[^/]+/v1", environment.get("OPENAI_API_BASE_URL", "")):
        yield "OPENAI_API_BASE_URL is no URL that ends at /v1"
    for name in SECRETS:
        if len(environment.get(name, "")) < SHORTEST:
            yield f"{name} has fewer than {SHORTEST} characters"
    if "sslmode" not in parse_qs(urlsplit(environment.get("DATABASE_URL", "")).query):
        yield "DATABASE_URL does not say whether the server has TLS"


def _unsound(environment: Mapping[str, str]) -> Iterator[str]:
    for name, value in EXPECTED.items():
        if environment.get(name) != value:
            yield f"{name} is not {value}"
    if environment.get("DATA_DIR", "").startswith(OF_THE_IMAGE):
        yield "DATA_DIR hides what the image has there"
    for name in ("DATA_DIR", "HOME"):
        if not os.access(environment.get(name, "/"), os.W_OK):
            yield f"{name} is not writable"
    if not os.access(Path(environment.get("STATIC_DIR", "/")).parent, os.W_OK):
        yield "STATIC_DIR is not writable"
