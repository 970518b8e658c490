"""Models as the documentation describes them; how what is wrong is told is tested with the settings."""

import pytest
from pydantic import ValidationError

from litemaas_infra.specs.model import ModelSpec
from tests.litemaas_infra.support.models import GRANITE, granite

ONLY_NAMED = {"model_name": "m"}
KEY = {"api_key": "sk-1"}


def test_the_documented_defaults() -> None:
    spec = granite()
    assert (spec.display_name, spec.description, spec.provider) == ("granite", "AI model", "openshift-ai")
    assert (spec.category, spec.supports_streaming, spec.availability) == ("general", True, "available")
    assert (spec.discover, spec.prove, spec.adopt, spec.force_delete) == (True, False, False, False)
    others = set(ModelSpec.model_fields) - set(GRANITE) - {"params", "secret_params", "model_info"}
    assert {name for name in others if getattr(spec, name) is None} == others - {
        "display_name",
        "description",
        "provider",
        "category",
        "supports_streaming",
        "availability",
        "restricted_access",
        "adopt",
        "discover",
        "prove",
        "force_delete",
    }


def test_a_display_name_of_its_own_is_kept() -> None:
    assert granite(display_name="Granite 8B").display_name == "Granite 8B"


def test_an_empty_display_name_is_the_model_name() -> None:
    assert granite(display_name="").display_name == granite(display_name=None).display_name == "granite"


def test_an_address_ends_without_a_slash() -> None:
    assert granite(api_base="https://e.example.com/v1/").api_base == "https://e.example.com/v1"


def test_a_model_shows_no_secret() -> None:
    spec = granite(api_key="sk-secret", secret_params={"aws_session_token": "sk-secret"})
    assert "sk-secret" not in f"{spec} {spec!r} {spec.model_dump_json()}"


@pytest.mark.parametrize(
    "model",
    [
        {"litellm_model": "openai/gpt-4o", **KEY},
        {"litellm_model": "openai/granite", "api_base": "https://e.example.com/v1", **KEY},
        {"litellm_model": "openai/granite", "inference_service": "models/granite", **KEY},
        {"litellm_model": "openai/gpt-4o", "api_key_secret": "keys/openai"},
        {"litellm_model": "azure/gpt-4o", "litellm_credential_name": "azure"},
        {"litellm_model": "anthropic/claude-3-5-sonnet-20241022", "api_key": "os.environ/ANTHROPIC_API_KEY"},
        {
            "litellm_model": "azure/gpt-4",
            "api_base": "https://me.openai.azure.com",
            "api_version": "2023-05-15",
            **KEY,
        },
        {"litellm_model": "ollama/llama3", "api_base": "http://ollama.example.com:11434"},
        {"litellm_model": "bedrock/anthropic.claude-v2", "aws_region_name": "us-east-1"},
        {"litellm_model": "vertex_ai/gemini-pro", "vertex_project": "p", "vertex_location": "us-central1"},
        {"litellm_model": "huggingface/meta-llama/Llama-3", **KEY},
        {"litellm_model": "deepseek/deepseek-chat", **KEY},
        {"litellm_model": "gemini/gemini-1.5-pro", **KEY},
        {"litellm_model": "hosted_vllm/granite", "api_base": "https://e.example.com/v1"},
        {"litellm_model": "some_later_provider/m"},
    ],
)
def test_every_provider_is_reached_with_what_it_needs(model: dict[str, str]) -> None:
    ModelSpec.model_validate({**ONLY_NAMED, **model})


@pytest.mark.parametrize(
    ("model", "told"),
    [
        ({"litellm_model": "openai/gpt-4o"}, "is not set, and openai/... models need it"),
        ({"litellm_model": "azure/gpt-4", "api_version": "1", **KEY}, "is not set, and azure/"),
        ({"litellm_model": "ollama/llama3"}, "ollama/... models need it"),
        ({"litellm_model": "bedrock/claude"}, "bedrock/... models need it"),
        ({"litellm_model": "vertex_ai/gemini", "vertex_project": "p"}, "vertex_ai/... models need it"),
        ({"litellm_model": "x/y", "api_key_secret": "a/b", **KEY}, "says the same as api_key"),
        (
            {"litellm_model": "x/y", "api_base": "http://e", "inference_service": "a/b"},
            "says the same as api_base",
        ),
        ({"litellm_model": "x/y", "aws_access_key_id": "A"}, "is not set, and belongs to aws_access_key_id"),
        ({"litellm_model": "x/y", "prove": True, "mode": "rerank"}, "a model of mode rerank has no token"),
        ({"litellm_model": "x/y", "params": {"rpm": 5}}, "has a field of its own"),
        ({"litellm_model": "x/y", "params": {"model": "a/b"}}, "is what litellm_model says"),
        (
            {"litellm_model": "x/y", "model_info": {"id": "a"}},
            "follows from the model's name",
        ),
        ({"litellm_model": "x/y", "params": {"a": float("nan")}}, "neither text, a number"),
        ({"litellm_model": "x/y", "params": {"a": 2**60}}, "neither text, a number"),
        ({"litellm_model": "x/y", "input_cost_per_token": 1e-11}, "more than ten decimals"),
        ({"litellm_model": "x/y", "api_key_secret": "granite"}, r"is not \[NAMESPACE/\]SECRET/KEY"),
        ({"litellm_model": "x/y", "inference_service": "granite"}, "is not NAMESPACE/NAME"),
    ],
)
def test_what_a_model_lacks_or_says_twice_is_named(model: dict[str, object], told: str) -> None:
    with pytest.raises(ValidationError, match=told):
        ModelSpec.model_validate({**ONLY_NAMED, **model})


def test_what_is_null_in_further_parameters_is_not_set() -> None:
    assert granite(params={"a": None, "b": {"c": None}}).params == {"b": {}}
