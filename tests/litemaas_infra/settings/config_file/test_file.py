"""LiteLLM's config.yaml: what the gateway gets of it, and that all its mistakes are told with their lines."""

import re
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from litemaas_infra.settings.config_file import ConfigFile, read
from tests.litemaas_infra.support.config_files import FILE, OF_SEED_003, mistakes, read_text

SEED_003 = f"general_settings:\n  master_key: os.environ/LITELLM_MASTER_KEY\n{OF_SEED_003}"
EVERYTHING = """\
model_list:
  - {model_name: "openai/*", litellm_params: {model: "openai/*", api_key: os.environ/A, rpm: os.environ/RPM}}
  - {model_name: dated, litellm_params: {model: azure/gpt-4, api_version: 2023-05-15}, model_info: {id: a}}
router_settings:
  routing_strategy: least-busy
  num_retries: 2
  timeout: 30
  fallbacks: [{dated: ["openai/gpt-4", elsewhere]}]
  context_window_fallbacks: [{dated: [{model: dated, temperature: 0}]}]
  default_fallbacks: [dated]
  redis_password: os.environ/REDIS_PASSWORD
litellm_settings:
  callbacks: [langfuse, my.module.instance]
  success_callback: langfuse
  cache: true
  cache_params: {type: redis, ttl: 600}
  max_budget: 100
general_settings:
  store_model_in_db: true
  database_url: os.environ/DATABASE_URL
  alerting: [slack]
  pass_through_endpoints:
    - {path: /v1/rerank, target: https://api.cohere.com, headers: {Authorization: Bearer os.environ/COHERE}}
environment_variables: {LANGFUSE_HOST: https://langfuse.example.com, OTHER: os.environ/LANGFUSE_HOST}
guardrails: [{guardrail_name: g, litellm_params: {guardrail: presidio, mode: pre_call}}]
"""


def test_the_configuration_of_seed_003_is_read_as_it_stands() -> None:
    found = read_text(SEED_003)
    assert found.mistakes == ()
    assert yaml.safe_load(found.text) == yaml.safe_load(SEED_003)
    assert [name for _, name in found.models] == ["mac-gpt-oss-balanced", "gpt-4o", "gpt-4-with-fallback"]
    assert found.variables == (("config.yaml:12", "OPENAI_API_KEY"), ("config.yaml:16", "OPENAI_API_KEY"))


def test_whatever_litellm_takes_is_passed_on() -> None:
    found = read_text(EVERYTHING)
    assert found.mistakes == ()
    passed = yaml.safe_load(EVERYTHING)
    # LiteLLM wants text here, where YAML has a date.
    passed["model_list"][1]["litellm_params"]["api_version"] = "2023-05-15"
    assert yaml.safe_load(found.text) == passed


def test_the_variables_it_needs_are_those_that_neither_it_nor_the_stack_sets() -> None:
    assert {name for _, name in read_text(EVERYTHING).variables} == {"A", "RPM", "REDIS_PASSWORD", "COHERE"}


def test_the_models_it_falls_back_to_are_told_with_their_lines() -> None:
    assert read_text(EVERYTHING).fallbacks == (
        ("config.yaml:8", "openai/gpt-4"),
        ("config.yaml:8", "elsewhere"),
        ("config.yaml:10", "dated"),
    )


def test_comments_stay_out_of_what_the_gateway_gets() -> None:
    found = read_text("# api_key: sk-an-old-one\nmodel_list: []\n")
    assert (found.text, found.mistakes) == ("model_list: []\n", ())


def test_all_that_is_wrong_is_told_at_once_in_the_order_of_the_lines() -> None:
    text = """\
model_list:
  - model_name: a
    litellm_params:
      model: openai/a
      rpm: many
  - model_name: b
    tpm: 5
    litellm_params: {api_base: nowhere}
  - c
general_settings:
  master_key: os.environ/LITELLM_PROXY_MASTER_KEY
router_setting: {}
router_settings:
  routing_strategy: best
  fallback: []
  fallbacks:
    - a: b
    - {a: [b], c: [d]}
  timeout: 0
litellm_settings: []
include: [more.yaml]
"""
    told = [
        "5: model_list[0].litellm_params.rpm: is not a whole number; ",
        "7: model_list[1].tpm: has no place here; move it into litellm_params or model_info",
        "8: model_list[1].litellm_params.model: is not set; add it",
        "8: model_list[1].litellm_params.api_base: is not the URL of an endpoint",
        "9: model_list[2]: is not a model",
        "11: general_settings.master_key: is this stack's own; ",
        "12: router_setting: LiteLLM reads no such name; did you mean router_settings?",
        "14: router_settings.routing_strategy: should be 'simple-shuffle', ",
        "15: router_settings.fallback: LiteLLM reads no such name; did you mean fallbacks?",
        "17: router_settings.fallbacks[0].a: is not a list; ",
        "18: router_settings.fallbacks[1]: is not one model with its list of others; ",
        "19: router_settings.timeout: should be greater than 0; ",
        "20: litellm_settings: ",
        "21: include: names a file that the gateway's pod does not have; put its content here",
    ]
    found = mistakes(text)
    assert len(found) == len(told), found
    assert all(line.startswith(beginning) for line, beginning in zip(found, told, strict=True)), found


@pytest.mark.parametrize("text", ["", "# nothing\n", "[]", "{}", "5", "sk-a-key-in-the-wrong-place"])
def test_what_is_no_configuration_is_told_how_one_begins(text: str) -> None:
    assert mistakes(text) == [
        "1: is no LiteLLM configuration; begin it with model_list: or router_settings:, for instance"
    ]


def test_a_file_that_is_not_there_is_named_with_the_command_that_names_another(tmp_path: Path) -> None:
    (told,) = read(FILE, tmp_path).mistakes
    assert told.startswith("config.yaml: is not there ")
    assert told.endswith("; pulumi config set litemaas:configFile PATH names another")


NAMES = ["model_name", "litellm_params", "model", "api_key", "fallbacks", "master_key", "rpm", "cache", "a"]
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(NAMES), inner, max_size=4),
    max_leaves=12,
)
SECTIONS = ["model_list", "router_settings", "litellm_settings", "general_settings", "environment_variables"]


@given(st.dictionaries(st.sampled_from([*SECTIONS, "guardrails"]), VALUES, min_size=1))
def test_whatever_stands_in_a_section_is_passed_on_or_is_a_mistake(content: dict[str, object]) -> None:
    found = read_text(yaml.safe_dump(content))
    _every_mistake_has_a_line(found)
    assert found.mistakes or yaml.safe_load(found.text) == content


@given(st.binary(max_size=60))
def test_any_bytes_are_read_or_are_a_mistake(content: bytes) -> None:
    _every_mistake_has_a_line(read_text(content))


def _every_mistake_has_a_line(found: ConfigFile) -> None:
    assert all(re.match(r"config\.yaml:[1-9][0-9]*: |config\.yaml: ", told) for told in found.mistakes)
