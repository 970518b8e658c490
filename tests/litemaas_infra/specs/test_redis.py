"""Which Redis the replicas share."""

from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from litemaas_infra.specs.redis import Redis
from tests.litemaas_infra.support.certificates import self_signed


def _redis(**values: Any) -> Redis:
    return Redis.model_validate(values)


def test_there_is_none_unless_it_is_wished() -> None:
    assert not Redis().used
    assert _redis(kind="own").server == ("litellm-redis", 6379)
    assert _redis(kind="existing", host="redis.example.com", port=6380).server == ("redis.example.com", 6380)


def test_an_existing_one_has_a_name() -> None:
    with pytest.raises(ValidationError, match="is not set, and an existing server has a name"):
        _redis(kind="existing")


def test_its_password_is_given_in_one_way() -> None:
    assert _redis(kind="own").secret == ("litellm-redis", "REDIS_PASSWORD")
    existing = {"kind": "existing", "host": "redis.example.com"}
    assert _redis(**existing).secret is None
    assert _redis(**existing, password="of the user").secret == ("litellm-redis", "REDIS_PASSWORD")
    assert _redis(**existing, passwordSecret="theirs/password").secret == ("theirs", "password")
    with pytest.raises(ValidationError, match="keep one: pulumi config rm --path litemaas:redis"):
        _redis(**existing, password="of the user", passwordSecret="theirs/password")


@pytest.mark.parametrize("secret", ["theirs", "/password", "ns/theirs/password"])
def test_a_secret_is_named_with_its_key(secret: str) -> None:
    with pytest.raises(ValidationError, match="is not SECRET/KEY"):
        _redis(passwordSecret=secret)


def test_an_authority_is_for_tls(tmp_path: Path) -> None:
    authority = self_signed(tmp_path).certificate
    with pytest.raises(ValidationError, match="has an authority, and tls is off"):
        _redis(authority=authority)
    existing = {"kind": "existing", "host": "redis.example.com"}
    assert _redis(**existing, tls=True, authority=authority).trusted == authority
    assert _redis(kind="own", tls=True, authority=authority).trusted is None
