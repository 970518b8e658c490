"""A credential as it is declared, kept by Pulumi, and compared with what LiteLLM has stored."""

from typing import Any

import pytest
from pydantic import ValidationError

from litemaas_infra.specs.credential import Credential, CredentialSpec

VALUES = {"api_key": "sk-secret", "api_base": "https://a.example.com/v1"}
SPEC = CredentialSpec.model_validate(
    {"name": "openai", "values": VALUES, "info": {"custom_llm_provider": "openai", "level": 2}}
)


def test_what_pulumi_keeps_stands_for_it() -> None:
    kept = {**SPEC.fields, "info": {**SPEC.info, "level": 2.0}, "site": {}, "differing": []}
    assert CredentialSpec.of(kept) == SPEC
    assert SPEC.fields["values"] == VALUES


def test_it_shows_no_secret() -> None:
    assert "sk-secret" not in f"{SPEC} {SPEC!r} {SPEC.model_dump_json()}"
    assert "sk-secret" not in repr(Credential("openai", VALUES, {}))


def test_what_its_references_mean_takes_their_place() -> None:
    declared = CredentialSpec.model_validate({"name": "a", "value_secrets": {"api_key": "keys/a"}})
    held = declared.holding({"api_key": "sk-held"})
    assert (held.plain, held.value_secrets) == ({"api_key": "sk-held"}, {})


@pytest.mark.parametrize(
    ("values", "differing"),
    [
        (VALUES, []),
        ({**VALUES, "api_key": "sk-other"}, ["api_key"]),
        ({"api_key": "sk-secret"}, ["api_base"]),
        ({**VALUES, "api_version": "1"}, ["api_version"]),
    ],
)
def test_what_differs_is_named(values: dict[str, str], differing: list[str]) -> None:
    stored = Credential("openai", values, SPEC.info)
    assert stored.differing(SPEC) == differing
    assert stored.is_as(SPEC) == (not differing)


@pytest.mark.parametrize(
    ("values", "info", "more"),
    [
        ({"api_key": "sk-other"}, {"custom_llm_provider": "azure", "by": "hand"}, False),
        ({**VALUES, "api_version": "1"}, SPEC.info, True),
    ],
)
def test_only_what_litellm_cannot_take_back_is_too_much(
    values: dict[str, str], info: dict[str, Any], *, more: bool
) -> None:
    assert Credential("openai", values, info).keeps_more(SPEC) is more


def test_info_that_is_declared_no_more_cannot_be_taken_back() -> None:
    bare = SPEC.model_copy(update={"info": {}})
    assert Credential("openai", VALUES, {"by": "hand"}).keeps_more(bare)


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": "a"},
        {"name": "a/b", "values": VALUES},
        {"name": "a", "values": {"api_key": ""}},
        {"name": "a", "values": VALUES, "value_secrets": {"api_key": "keys/a"}},
        {"name": "a", "value_secrets": {"api_key": "keys"}},
    ],
)
def test_what_cannot_be_is_refused_without_being_repeated(wrong: dict[str, object]) -> None:
    with pytest.raises(ValidationError) as refused:
        CredentialSpec.model_validate(wrong)
    assert "sk-secret" not in str(refused.value)
