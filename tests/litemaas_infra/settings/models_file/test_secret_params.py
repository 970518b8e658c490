"""Which parameters of a configuration are taken for secrets."""

import pytest

from litemaas_infra.settings.models_file.secret_params import secret_names


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("azure_ad_token", "abc"),
        ("aws_session_token", "abc"),
        ("client_secret", "abc"),
        ("azure_password", "abc"),
        ("watsonx_apikey", "abc"),
        ("oci_key", "-----BEGIN"),
        ("extra_headers", {"Authorization": "Bearer abc"}),
        ("extra_headers", {"X-Anything": "abc"}),
        ("fallbacks", [{"model": "a/b", "api_key": "abc"}]),
    ],
)
def test_what_looks_like_a_secret_is_one(name: str, value: object) -> None:
    assert secret_names({name: value, "temperature": 1}) == {name}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("azure_ad_token", "os.environ/TOKEN"),
        ("max_tokens", 5),
        ("input_cost_per_audio_token", 1e-6),
        ("extra_headers", {"Authorization": "os.environ/HEADER"}),
        ("fallbacks", [{"model": "a/b", "api_key": "os.environ/KEY"}]),
        ("extra_body", {"guided_json": {"type": "object"}}),
        ("stop", ["a", "b"]),
    ],
)
def test_what_names_a_variable_is_a_number_or_is_called_otherwise_is_none(name: str, value: object) -> None:
    assert secret_names({name: value}) == set()
