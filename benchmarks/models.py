"""The models that every way of registering them is given."""

from typing import Any, Final

ENDPOINT: Final = "http://model-endpoint.models.svc:8000/v1"
RPM, CHANGED_RPM = 100, 200
"""The limit at first, and what the change of every model makes of it."""

Fields = dict[str, Any]


def models(count: int, rpm: int = RPM) -> list[Fields]:
    """As many models, under the names of LiteMaaS's models files; the same ones every time."""
    return [_model(number, rpm) for number in range(count)]


def _model(number: int, rpm: int) -> Fields:
    return {
        "model_name": f"benchmark-{number:04}",
        "litellm_model": "openai/granite-3-2-8b-instruct",
        "api_base": ENDPOINT,
        "api_key": f"sk-of-no-endpoint-{number:04}",
        "display_name": f"Granite 3.2 8B, number {number}",
        "description": "A model that only a benchmark registers; nobody is served by it.",
        "context_length": 131072,
        "rpm": rpm,
        "tpm": 100000,
    }
