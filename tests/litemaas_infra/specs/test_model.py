"""Models as the documentation describes them; what is wrong with one is tested with the settings."""

from litemaas_infra.specs.model import ModelSpec
from tests.litemaas_infra.support.models import GRANITE, granite


def test_the_required_fields_are_those_of_the_documentation() -> None:
    required = [name for name, field in ModelSpec.model_fields.items() if field.is_required()]
    assert required == ["model_name", "litellm_model", "api_base", "api_key"]


def test_the_defaults_are_those_of_the_documentation() -> None:
    optional = granite().model_dump(exclude=set(GRANITE))
    assert optional == {
        "display_name": "granite",
        "description": "AI model",
        "provider": "openshift-ai",
        "category": "general",
        "context_length": None,
        "supports_streaming": True,
        "availability": "available",
        "rpm": None,
        "tpm": None,
    }


def test_a_display_name_of_its_own_is_kept() -> None:
    assert granite(display_name="Granite 8B").display_name == "Granite 8B"


def test_an_empty_display_name_is_the_model_name() -> None:
    assert granite(display_name="").display_name == granite(display_name=None).display_name == "granite"


def test_an_address_ends_without_a_slash() -> None:
    assert granite(api_base="https://e.example.com/v1/").api_base == "https://e.example.com/v1"


def test_a_model_shows_no_key() -> None:
    spec = granite(api_key="sk-secret")
    assert "sk-secret" not in f"{spec} {spec!r} {spec.model_dump_json()}"
