"""The backend in LiteMaaS's place refuses what LiteMaaS's own would, or what would leave it open."""

from pathlib import Path

import pytest

from sandbox.images.litemaas.backend.environment import problems
from tests.litemaas_infra.support.certificates import self_signed

LONG = "s" * 32
URL = "postgresql://litemaas:hidden@postgres:5432/litemaas?sslmode=disable"


@pytest.fixture
def sound(tmp_path: Path) -> dict[str, str]:
    (tmp_path / "ca.crt").write_text(self_signed(tmp_path).certificate)
    return {
        "NODE_ENV": "production",
        "HOME": str(tmp_path),
        "NODE_EXTRA_CA_CERTS": str(tmp_path / "ca.crt"),
        "DATABASE_URL": URL,
        "LITELLM_DATABASE_URL": URL,
        **dict.fromkeys(("JWT_SECRET", "ADMIN_API_KEYS", "OAUTH_CLIENT_SECRET", "LITELLM_MASTER_KEY"), LONG),
        "OAUTH_CLIENT_ID": "litemaas",
        "OAUTH_ISSUER": "https://login.example.com",
        "OAUTH_CALLBACK_URL": "https://chat.example.com/api/auth/callback",
        "CORS_ORIGIN": "https://chat.example.com",
        "LITELLM_API_URL": "https://llm.example.com",
        "LITELLM_API_KEY": "sk-hidden",
    }


def test_what_is_sound_is_accepted(sound: dict[str, str]) -> None:
    assert problems(sound) == []


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("LITELLM_API_KEY", "", "LITELLM_API_KEY is not set"),
        ("OAUTH_ISSUER", "login.example.com", "OAUTH_ISSUER is no URL"),
        ("JWT_SECRET", "short", "JWT_SECRET has fewer than 32 characters"),
        ("DATABASE_URL", URL.partition("?")[0], "DATABASE_URL does not say whether the server has TLS"),
        ("NODE_ENV", "development", "NODE_ENV is not production, so anyone may log in"),
        ("NODE_TLS_REJECT_UNAUTHORIZED", "0", "turns the check of certificates off"),
        ("CORS_ORIGIN", "https://other.example.com", "OAUTH_CALLBACK_URL is not below CORS_ORIGIN"),
        ("NODE_EXTRA_CA_CERTS", "/nowhere", "NODE_EXTRA_CA_CERTS holds no certificate"),
    ],
)
def test_what_is_wrong_is_told_without_a_secret(
    sound: dict[str, str], name: str, value: str, told: str
) -> None:
    found = problems({**sound, name: value})
    assert told in "; ".join(found)
    assert "hidden" not in "; ".join(found)
