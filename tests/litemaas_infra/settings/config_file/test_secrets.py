"""No secret stands in a ConfigMap, and none in a message."""

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from tests.litemaas_infra.support.config_files import mistakes, read_text

PLACES = [
    (
        "model_list: [{model_name: granite-3.2, litellm_params: {model: a/b, api_key: %s}}]",
        "GRANITE_3_2_API_KEY",
    ),
    (
        "model_list: [{model_name: a, litellm_params: {model: a/b, aws_secret_access_key: %s}}]",
        "A_AWS_SECRET_ACCESS_KEY",
    ),
    (
        "model_list: [{model_name: a, litellm_params: {model: a/b, extra_headers: {Authorization: %s}}}]",
        "A_AUTHORIZATION",
    ),
    (
        "model_list: [{model_name: a, litellm_params: {model: a/b, fallbacks: [{model: c, api_key: %s}]}}]",
        "A_API_KEY",
    ),
    ("litellm_settings: {cache_params: {password: %s}}", "PASSWORD"),
    ("router_settings: {redis_password: %s}", "REDIS_PASSWORD"),
    ("general_settings: {alert_to_webhook_url: {a: https://hooks.slack.com/%s}}", "KEY"),
    ("general_settings: {anything: postgresql://user:%s@host/db}", "KEY"),
    ("environment_variables: {LANGFUSE_SECRET_KEY: %s}", "LANGFUSE_SECRET_KEY"),
    ("guardrails: [{litellm_params: {api_key: %s}}]", "API_KEY"),
    ("general_settings: {litellm_license: %s}", "LITELLM_LICENSE"),
    ("mcp_servers: {a: {url: http://e, auth_token: %s}}", "AUTH_TOKEN"),
]


@pytest.mark.parametrize(("text", "name"), PLACES)
def test_a_secret_that_is_written_out_is_refused_with_the_command_that_moves_it(text: str, name: str) -> None:
    (told,) = mistakes(text % "hidden-1")
    assert told.startswith("1: ")
    assert "is a secret, and this file ends in a ConfigMap" in told
    assert f"pulumi config set --path --secret 'litemaas:apiKeys.{name}', which asks for it" in told
    assert "hidden-1" not in told


def test_a_password_of_digits_is_a_secret() -> None:
    assert len(mistakes("router_settings: {redis_password: 12345}")) == 1


def test_of_a_variable_the_line_is_removed_and_elsewhere_the_variable_named() -> None:
    assert mistakes("environment_variables: {A_KEY: x}")[0].endswith(", and remove this line")
    assert mistakes("guardrails: {api_key: x}")[0].endswith(", and write os.environ/API_KEY here")


@pytest.mark.parametrize("text", [text for text, _ in PLACES[:6]])
def test_a_variable_is_no_secret(text: str) -> None:
    assert mistakes(text % "os.environ/HIDDEN") == []


@given(
    secret=st.from_regex(r"sk-[a-zA-Z0-9]{8,20}|Bearer [a-z0-9]{8,}|AKIA[A-Z0-9]{16}", fullmatch=True),
    name=st.text("abcdefgh_", min_size=1, max_size=8),
)
def test_what_has_the_shape_of_a_secret_is_refused_wherever_it_stands(secret: str, name: str) -> None:
    found = read_text(yaml.safe_dump({"guardrails": [{name: [secret]}]}))
    assert len(found.mistakes) == 1
    assert secret not in repr(found)


@pytest.mark.parametrize(
    "text",
    [
        "litellm_settings: {default_max_tokens: 100, cache_params: {namespace: keys}}",
        "general_settings: {key_management_system: aws_secret_manager, litellm_key_header_name: X-Key}",
        "general_settings: {default_key_generate_params: {duration: 30d}, custom_auth: auth.check}",
        "litellm_settings: {upperbound_key_generate_params: {duration: 30d}}",
        "model_list: [{model_name: a, litellm_params: {model: a/b}, model_info: {base_model: azure/gpt-4}}]",
        "general_settings: {allowed_routes: [/key/generate], master_key: os.environ/LITELLM_MASTER_KEY}",
        "mcp_servers: {a: {url: http://e, auth_type: api_key}}",
    ],
)
def test_what_only_sounds_secret_is_none(text: str) -> None:
    assert mistakes(text) == []
