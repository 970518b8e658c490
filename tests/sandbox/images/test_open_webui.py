"""The chat in Open WebUI's place refuses what would leave it open, forgetful or without its models."""

from pathlib import Path

import pytest

from sandbox.images.open_webui.chat.environment import problems

URL = "postgresql://open_webui:hidden@postgres:5432/open_webui?sslmode=disable"


@pytest.fixture
def sound(tmp_path: Path) -> dict[str, str]:
    return {
        "DATABASE_URL": URL,
        "WEBUI_SECRET_KEY": "s" * 32,
        "WEBUI_ADMIN_EMAIL": "admin@localhost",
        "WEBUI_ADMIN_PASSWORD": "p" * 32,
        "OPENAI_API_BASE_URL": "http://litellm:4000/v1",
        "OPENAI_API_KEY": "sk-hidden",
        "DATA_DIR": str(tmp_path),
        "STATIC_DIR": str(tmp_path / "static"),
        "HOME": str(tmp_path),
        "ENABLE_PERSISTENT_CONFIG": "False",
        "ENABLE_SIGNUP": "False",
        "ENABLE_OLLAMA_API": "False",
        "HF_HUB_OFFLINE": "1",
    }


def test_what_is_sound_is_accepted(sound: dict[str, str]) -> None:
    assert problems(sound) == []


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("OPENAI_API_KEY", "", "OPENAI_API_KEY is not set"),
        ("CONTENT_EXTRACTION_ENGINE", "tika", "TIKA_SERVER_URL is not set"),
        ("OPENAI_API_BASE_URL", "http://litellm:4000", "OPENAI_API_BASE_URL is no URL that ends at /v1"),
        ("WEBUI_SECRET_KEY", "t0p-s3cr3t", "WEBUI_SECRET_KEY has fewer than 32 characters"),
        ("DATABASE_URL", URL.partition("?")[0], "DATABASE_URL does not say whether the server has TLS"),
        ("ENABLE_PERSISTENT_CONFIG", "True", "ENABLE_PERSISTENT_CONFIG is not False"),
        ("ENABLE_SIGNUP", "True", "ENABLE_SIGNUP is not False"),
        ("DATA_DIR", "/app/backend/data", "DATA_DIR hides what the image has there"),
        ("STATIC_DIR", "/nowhere/static", "STATIC_DIR is not writable"),
    ],
)
def test_what_is_wrong_is_told_without_a_secret(
    sound: dict[str, str], name: str, value: str, told: str
) -> None:
    found = problems({**sound, name: value})
    assert told in "; ".join(found)
    assert "hidden" not in "; ".join(found)
