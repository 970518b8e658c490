"""How LiteLLM's encrypted values are read; the table itself is read by the tests on a real one."""

import base64
import hashlib

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from hypothesis import given
from hypothesis import strategies as st
from nacl.secret import SecretBox

from litemaas_infra.clients.stored_models import UNREADABLE, opener

SALT = "sk-salt"
KEY = hashlib.sha256(SALT.encode()).digest()


def _box(text: str) -> str:
    return base64.urlsafe_b64encode(SecretBox(KEY).encrypt(text.encode())).decode()


def _old_box(text: str) -> str:
    return base64.b64encode(SecretBox(KEY).encrypt(text.encode())).decode()


def _gcm(text: str) -> str:
    nonce = bytes(12)
    return (
        "v2:gcm:" + base64.urlsafe_b64encode(nonce + AESGCM(KEY).encrypt(nonce, text.encode(), None)).decode()
    )


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_a_text_is_read_as_it_was_written_in_each_of_litellms_ways(text: str) -> None:
    for written in (_box(text), _old_box(text), _gcm(text)):
        assert opener(SALT)(written) == text


@pytest.mark.parametrize("value", [5, 0.5, True, None, ["a"], {"a": "b"}, ""])
def test_what_is_no_text_was_never_encrypted(value: object) -> None:
    assert opener(SALT)(value) == value


@pytest.mark.parametrize("value", [_box("a"), _gcm("a"), "no cipher at all", "v2:gcm:AAAA", "ä"])
def test_what_another_salt_key_encrypted_is_said_to_be_unreadable(value: str) -> None:
    assert opener("sk-other")(value) == UNREADABLE
