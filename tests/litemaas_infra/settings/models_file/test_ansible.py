"""The models files of the Ansible role, as its documentation shows them."""

import pytest

from litemaas_infra.settings.models_file.ansible import KEYS
from tests.litemaas_infra.support.models_files import mistake, mistakes, read_text, specs

SEED = """\
# catalog_item.yml or extra vars
ocp4_workload_litemaas_litellm_models:
  - model_name: "granite-8b-code-instruct-128k"
    litellm_model: "openai/granite-3-2-8b-instruct"
    api_base: "https://granite-model.apps.cluster.com/v1"
    api_key: "sk-xxxxx"
    display_name: "Granite 8B Code Instruct"
    description: "IBM Granite 8B Code Instruct model"
    provider: "openshift-ai"
    category: "code"
    context_length: 131072
    rpm: 120
    tpm: 100000
"""
KEY = KEYS[0]
ROLES_OTHERS = ("context_length", "supports_streaming", "availability", "rpm", "tpm")
KEYLESS = """\
  - model_name: granite
    litellm_model: openai/granite
    api_base: https://granite.example.com/v1
"""
LEAST = f"{KEYLESS}    api_key: sk-of-the-endpoint\n"


def test_the_example_of_seed_000_is_read_as_it_is() -> None:
    (granite,) = specs(SEED)
    assert granite.model_name == "granite-8b-code-instruct-128k"
    assert granite.litellm_model == "openai/granite-3-2-8b-instruct"
    assert granite.api_base == "https://granite-model.apps.cluster.com/v1"
    assert granite.api_key is not None
    assert granite.api_key.get_secret_value() == "sk-xxxxx"
    assert (granite.display_name, granite.description) == (
        "Granite 8B Code Instruct",
        "IBM Granite 8B Code Instruct model",
    )
    assert (granite.provider, granite.category) == ("openshift-ai", "code")
    assert (granite.context_length, granite.rpm, granite.tpm) == (131072, 120, 100000)


def test_a_model_knows_the_file_and_line_it_stands_in() -> None:
    assert [place for place, _ in read_text(SEED).models] == ["models.yml:3"]


@pytest.mark.parametrize("key", KEYS)
def test_either_of_the_roles_variables_is_read(key: str) -> None:
    assert [spec.model_name for spec in specs(f"{key}:\n{LEAST}")] == ["granite"]
    assert specs(f"{key}: []\n") == []


def test_what_is_null_is_unset() -> None:
    unset = "".join(
        f"    {name}: null\n"
        for name in ("display_name", "description", "provider", "category", *ROLES_OTHERS)
    )
    assert specs(f"{KEY}:\n{LEAST}{unset}") == specs(f"{KEY}:\n{LEAST}")


def test_what_is_missing_or_null_is_named_with_the_line_of_its_model_or_its_own() -> None:
    text = f"{KEY}:\n  - model_name: a\n    api_base:\n  - litellm_model: null\n    model_name: b\n"
    assert mistakes(text) == [
        f"2: {KEY}[0].litellm_model: is not set; add it",
        f"4: {KEY}[1].litellm_model: is not set; add it",
    ]


@pytest.mark.parametrize("value", ["'{{ key }}'", "'sk-{{ key }}'", "'{% if a %}b{% endif %}'", '"{# c #}"'])
@pytest.mark.parametrize("field", ["api_key", "rpm", "description"])
def test_an_expression_is_refused_for_only_ansible_evaluates_it(field: str, value: str) -> None:
    text = f"{KEY}:\n{KEYLESS}    {field}: {value}\n"
    words = "is an expression that only Ansible evaluates; write its value instead"
    assert f"5: {KEY}[0].{field}: {words}" in mistakes(text)


def test_an_expression_for_the_whole_list_or_deep_in_a_model_is_refused_too() -> None:
    words = "is an expression that only Ansible evaluates; write its value instead"
    assert mistake(f"{KEY}: '{{{{ models }}}}'") == f"1: {KEY}: {words}"
    deep = f"{KEY}:\n{LEAST}    params:\n      stop: [a, '{{{{ b }}}}']\n"
    assert mistake(deep) == f"7: {KEY}[0].params.stop[1]: {words}"


def test_an_expression_without_quotes_is_refused_in_the_same_sense() -> None:
    assert "{{ ... }} is an expression that only Ansible evaluates" in mistake(
        f"{KEY}:\n{LEAST}    rpm: {{{{ rpm }}}}"
    )


def test_a_value_encrypted_by_ansible_vault_is_refused_with_what_to_do_instead() -> None:
    vault = "    api_key: !vault |\n      $ANSIBLE_VAULT;1.1;AES256\n      3861\n"
    told = mistake(f"{KEY}:\n{KEYLESS}{vault}")
    assert told.startswith(f"5: {KEY}[0].api_key: is encrypted by ansible-vault, which only Ansible can open")
    assert "os.environ/NAME" in told
    assert "pulumi config set --secret" in told


@pytest.mark.parametrize("value", ["", "null", "5", "granite", "{model_name: a}"])
def test_what_is_no_list_is_named_with_how_one_looks(value: str) -> None:
    assert mistake(f"{KEY}: {value}\n") == (
        f"1: {KEY}: is not a list of models; begin each model with - , or write [] for none"
    )


def test_text_that_ansible_must_leave_alone_is_left_alone() -> None:
    (spec,) = specs(f"{KEY}:\n{LEAST}    description: !unsafe 'in braces'\n")
    assert spec.description == "in braces"
