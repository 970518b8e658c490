"""LiteLLM's config.yaml, as its documentation and the documents that this project replaces show it."""

import pytest

from litemaas_infra.specs.model import ModelSpec
from tests.litemaas_infra.support.config_files import OF_SEED_003
from tests.litemaas_infra.support.models_files import mistake, mistakes, read_text, specs

SEED_002 = """\
model_list:
  # OpenAI GPT-4o
  - model_name: gpt-4o
    litellm_params:
      model: openai/gpt-4o
      api_key: "os.environ/OPENAI_API_KEY"

  # Anthropic Claude
  - model_name: claude-3-5-sonnet
    litellm_params:
      model: anthropic/claude-3-5-sonnet-20241022
      api_key: "os.environ/ANTHROPIC_API_KEY"

  # Ollama (local/self-hosted)
  - model_name: llama3
    litellm_params:
      model: ollama/llama3
      api_base: http://ollama-service.ollama.svc.cluster.local:11434

  # Azure OpenAI
  - model_name: azure-gpt-4
    litellm_params:
      model: azure/gpt-4
      api_key: "os.environ/AZURE_API_KEY"
      api_base: "os.environ/AZURE_API_BASE"
      api_version: "2023-05-15"

general_settings:
  master_key: "os.environ/LITELLM_MASTER_KEY"
  database_url: "os.environ/DATABASE_URL"
"""


def _entry(params: str = "{}", info: str = "{}", name: str = "granite") -> str:
    return (
        "model_list:\n"
        f"  - model_name: {name}\n"
        "    litellm_params:\n"
        "      model: openai/granite\n"
        "      api_base: https://granite.example.com/v1\n"
        "      api_key: sk-of-the-endpoint\n"
        f"      <<: {params}\n"
        f"    model_info: {info}\n"
    )


def _spec(params: str = "{}", info: str = "{}") -> ModelSpec:
    (spec,) = specs(_entry(params, info))
    return spec


def test_the_configuration_of_seed_002_is_read_as_it_is() -> None:
    models = {spec.model_name: spec for spec in specs(SEED_002)}
    assert list(models) == ["gpt-4o", "claude-3-5-sonnet", "llama3", "azure-gpt-4"]
    azure, llama = models["azure-gpt-4"], models["llama3"]
    assert (azure.litellm_model, azure.api_version) == ("azure/gpt-4", "2023-05-15")
    assert azure.api_base == "os.environ/AZURE_API_BASE"
    assert azure.api_key is not None
    assert azure.api_key.get_secret_value() == "os.environ/AZURE_API_KEY"
    assert (llama.api_base, llama.api_key) == ("http://ollama-service.ollama.svc.cluster.local:11434", None)


def test_the_models_of_seed_003_are_read_as_they_are() -> None:
    balanced, bare, fallback = specs(OF_SEED_003)
    assert balanced.params == {"temperature": 0.7}
    assert bare.litellm_model == "gpt-4o"
    assert fallback.params == {
        "fallbacks": [{"model": "ollama/llama3:8b", "api_base": "http://host.lima.internal:11434"}]
    }


def test_what_is_not_of_models_is_said_to_be_left_alone() -> None:
    found = read_text(SEED_002 + "router_settings: {}\nsk-secret: 1\n")
    (note,) = found.notes
    assert note == (
        "models.yml:1: only the models are read from here, not general_settings, router_settings, ...; "
        "the gateway reads the whole of a litemaas:configFile"
    )
    assert found.mistakes == ()


def test_further_parameters_are_passed_on_those_that_look_secret_as_secrets() -> None:
    spec = _spec("{temperature: 0.2, timeout: 30, azure_ad_token: abc, drop_params: true, stop: null}")
    assert spec.params == {"temperature": 0.2, "timeout": 30, "drop_params": True}
    assert spec.secret_params.get_secret_value() == {"azure_ad_token": "abc"}


def test_what_is_known_of_a_model_becomes_its_fields_and_the_rest_is_passed_on() -> None:
    spec = _spec(info="{max_tokens: 8192, mode: embedding, supports_vision: true, base_model: azure/gpt-4}")
    assert (spec.context_length, spec.mode, spec.supports_vision) == (8192, "embedding", True)
    assert spec.model_info == {"base_model": "azure/gpt-4"}


def test_limits_and_prices_become_fields() -> None:
    spec = _spec("{rpm: 60, tpm: 1000, input_cost_per_token: 1e-6}", "{output_cost_per_token: 0.000002}")
    assert (spec.rpm, spec.tpm) == (60, 1000)
    assert (spec.input_cost_per_token, spec.output_cost_per_token) == (1e-6, 2e-6)


def test_what_litellm_has_no_place_for_is_said_in_model_info() -> None:
    spec = _spec(info="{description: For code, category: code, provider: ours, discover: false}")
    assert (spec.description, spec.category, spec.provider, spec.discover) == (
        "For code",
        "code",
        "ours",
        False,
    )
    assert spec.model_info == {}


def test_the_provider_is_that_of_the_called_model_as_the_backend_has_it() -> None:
    assert [spec.provider for spec in specs(SEED_002)] == ["openai", "anthropic", "ollama", "azure"]


@pytest.mark.parametrize("name", ["id", "db_model"])
def test_what_litellm_keeps_only_for_models_of_a_file_is_said_not_to_be_kept(name: str) -> None:
    found = read_text(_entry(info=f"{{{name}: anything}}"))
    assert found.mistakes == ()
    assert found.models[0][1].model_info == {}
    (note,) = found.notes
    assert note.startswith(f"models.yml:8: model_list[0].model_info.{name}: is not kept: ")
    assert "anything" not in note


@pytest.mark.parametrize(
    ("params", "info", "told"),
    [
        ("{rpm: lots}", "{}", "7: model_list[0].litellm_params.rpm: is not a whole number; change it"),
        (
            "{}",
            "{max_tokens: 0}",
            "8: model_list[0].model_info.max_tokens: should be greater than 0; ",
        ),
        ("{}", "{rpm: 5}", "8: model_list[0].model_info.rpm: has no place here; move it into litellm_params"),
        (
            "{mode: chat}",
            "{}",
            "7: model_list[0].litellm_params.mode: has no place here; ",
        ),
        (
            "{input_cost_per_token: 1}",
            "{input_cost_per_token: 1}",
            "8: model_list[0].model_info.input_cost_per_token: is said in line 7 already; keep one of them",
        ),
        ("{}", "[a]", "8: model_list[0].model_info: is not a map; indent its names and values below it"),
        (
            "{organization: 5}",
            "{}",
            "7: model_list[0].litellm_params.organization: is not text; put it",
        ),
    ],
)
def test_a_mistake_is_named_where_the_configuration_has_it(params: str, info: str, told: str) -> None:
    assert mistake(_entry(params, info)).startswith(told)


def test_what_has_no_place_beside_the_two_groups_is_refused() -> None:
    assert mistake(_entry() + "    tpm: 5\n") == (
        "9: model_list[0].tpm: has no place here; move it into litellm_params or model_info"
    )


def test_what_is_missing_is_named_as_the_configuration_calls_it() -> None:
    assert mistakes("model_list:\n  - {}\n  - model_name: a\n    litellm_params: {}\n") == [
        "2: model_list[0].model_name: is not set; add it",
        "2: model_list[0].litellm_params.model: is not set; add it",
        "4: model_list[1].litellm_params.model: is not set; add it",
    ]


def test_an_entry_that_is_no_model_is_named() -> None:
    assert mistake("model_list:\n  - granite\n").startswith("2: model_list[0]: is not a model")


def test_braces_are_no_expression_here() -> None:
    assert _spec("{user: '{{ x }}'}").params == {"user": "{{ x }}"}


def test_a_wildcard_is_refused() -> None:
    assert "with * in it LiteLLM serves any model" in mistake(_entry(name='"openai/*"'))
