"""A models file as a whole: what it must hold, and that all its mistakes are told at once, and no secret."""

import re
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from litemaas_infra.settings.models_file import ModelsFile, read
from tests.litemaas_infra.support.models_files import ANSIBLE, mistake, mistakes, read_text

MODEL = (
    "  - {model_name: NAME, litellm_model: openai/granite, api_base: https://e.example.com, api_key: KEY}\n"
)


def test_a_file_that_cannot_be_read_is_named_with_why(tmp_path: Path) -> None:
    (told,) = read("no.yml", tmp_path).mistakes
    assert told == (
        f"no.yml: is not there (looked for as {tmp_path / 'no.yml'}); "
        "pulumi config set litemaas:modelsFile PATH names another"
    )


def test_a_name_is_relative_to_the_folder_unless_it_is_absolute(tmp_path: Path) -> None:
    (tmp_path / "models.yml").write_text(f"{ANSIBLE}: []\n")
    assert read("models.yml", tmp_path) == ModelsFile()
    assert read(str(tmp_path / "models.yml"), Path("/elsewhere")) == ModelsFile()
    assert read("models.yml", Path("/elsewhere")).mistakes


@pytest.mark.parametrize("text", ["", "# nothing\n", "[]", "- model_name: a\n", "models: []\n", "5", "a"])
def test_a_file_without_a_list_of_models_is_told_where_they_stand(text: str) -> None:
    assert mistake(text) == (
        "1: holds no list of models; put them under one of ocp4_workload_litemaas_litellm_models, "
        "ocp4_workload_litemaas_models_list, model_list"
    )


def test_a_file_that_ansible_vault_encrypted_is_told_apart() -> None:
    assert mistake("$ANSIBLE_VAULT;1.1;AES256\n3861\n").startswith("1: is encrypted by ansible-vault")


def test_what_is_no_yaml_is_told_alone() -> None:
    assert mistake(f"{ANSIBLE}:\n  - a: 'b\n").startswith("2: is not YAML: ")


def test_all_that_is_wrong_is_told_at_once_in_the_order_of_the_lines() -> None:
    text = f"""\
{ANSIBLE}:
  - model_name: granite
    litellm_model: openai/granite
    api_bas: https://e.example.com
    api_key: !vault abc
    rpm: many
    rpm: 5
  - model_name: 5
    litellm_model: openai/x
    api_key: "{{{{ key }}}}"
    prove: perhaps
    params: {{temperature: .inf}}
    zzz: 1
"""
    told = [
        "4: [0].api_bas: there is no such field; did you mean api_base?",
        "5: [0].api_key: is encrypted by ansible-vault, which only Ansible can open",
        "7: [0].rpm: stands here twice, in line 6 too; remove one of them",
        "8: [1].model_name: is not text; put it in quotes",
        "10: [1].api_key: is an expression that only Ansible evaluates",
        "11: [1].prove: is neither true nor false; write true or false",
        "12: [1].params.temperature: is no number that can be sent",
        "13: [1].zzz: there is no such field; remove it (a model has: model_name, deployment, ",
    ]
    found = [line.replace(f" {ANSIBLE}[", " [") for line in mistakes(text)]
    assert len(found) == len(told)
    assert all(line.startswith(beginning) for line, beginning in zip(found, told, strict=True)), found


def test_deployments_of_one_model_are_told_apart_by_their_names() -> None:
    models = read_text(f"{ANSIBLE}:\n{MODEL}{MODEL.replace('KEY', 'KEY, deployment: west')}").models
    assert [spec.deployment for _, spec in models] == [None, "west"]


SECRETS = st.text("abcdefghijkl0123456789-_:*&!{}[]'\"#%@ ", min_size=8, max_size=24).map("sk-7{}".format)
PLACES = [
    "{ANSIBLE}:\n  - api_key: {secret}\n",
    "{ANSIBLE}:\n  - api_key:{secret}\n",
    "{ANSIBLE}:\n  - {secret}\n",
    "{ANSIBLE}:\n  - {secret}: 1\n",
    "{ANSIBLE}: {secret}\n",
    "{ANSIBLE}:\n  - model_name: {secret}\n    litellm_model: {secret}\n    rpm: {secret}\n",
    "{ANSIBLE}:\n  - api_base: {secret}\n    availability: {secret}\n    prove: {secret}\n",
    "{ANSIBLE}:\n  - adopt: [{secret}]\n    mode: {secret}\n    params: {secret}\n",
    "{ANSIBLE}:\n  - secret_params: {{a: [{secret}], {secret}: {{}}}}\n",
    "model_list:\n  - litellm_params: {{api_key: [{secret}], {secret}: !{secret} x}}\n    {secret}: 5\n",
    "model_list:\n  - litellm_params: {secret}\n    model_info: {{id: {secret}, max_tokens: {secret}}}\n",
    "model_list: []\n{secret}: 1\n",
    "{secret}",
    "a: 'b\n{secret}",
    "model_list:\n  - litellm_params: {{model: openai/a, api_key: !vault {secret}, rpm: x}}\n",
]


@given(secret=SECRETS, place=st.sampled_from(PLACES))
def test_no_secret_is_ever_told_wherever_it_slipped_to(secret: str, place: str) -> None:
    found = read_text(place.format(secret=secret, ANSIBLE=ANSIBLE))
    assert "sk-7" not in " ".join([*found.mistakes, *found.notes, repr(found) if found.mistakes else ""])


PIECES = [*"{}[]:,-&*!|>'\"#%@`?\n\t 5", "\n  ", "\n    ", "  - ", ": ", f"{ANSIBLE}:", "model_list:", "<<"]
NAMES = [
    "litellm_params",
    "model_info",
    "model_name",
    "model",
    "api_base",
    "rpm",
    "params",
    "adopt",
    "null",
    "true",
]


@given(st.lists(st.sampled_from(PIECES + NAMES), max_size=40).map("".join))
def test_whatever_a_file_holds_is_read_or_is_a_mistake(text: str) -> None:
    _every_mistake_has_a_line(read_text(text))


@given(st.binary(max_size=60))
def test_any_bytes_are_read_or_are_a_mistake(content: bytes) -> None:
    assert read_text(content).mistakes


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(NAMES), inner, max_size=4),
    max_leaves=12,
)


@given(key=st.sampled_from([ANSIBLE, "model_list"]), value=VALUES)
def test_whatever_stands_under_a_list_is_read_or_is_a_mistake(key: str, value: object) -> None:
    _every_mistake_has_a_line(read_text(yaml.safe_dump({key: [value, value]})))


def _every_mistake_has_a_line(found: ModelsFile) -> None:
    assert all(re.match(r"models\.yml:[1-9][0-9]*: ", told) for told in (*found.mistakes, *found.notes))
