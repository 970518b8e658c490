"""`pulumi up` registers the models of a file, of either form, as it does those of the settings."""

import os
import re
from pathlib import Path

import pytest

from tests.end_to_end.support.commands import CHECKOUT
from tests.end_to_end.support.gateway import Gateway
from tests.end_to_end.support.pulumi import Stack
from tests.end_to_end.support.readme import examples
from tests.end_to_end.support.sandbox import psql, secret

ENDPOINT = "http://model-endpoint.models.svc:8000/v1"
TEAM = "the-blue-team-s-own-token"
CONFIGURATION = f"""
model_list:
  - model_name: shared
    litellm_params: &usual
      model: openai/granite-3-2-8b-instruct
      api_base: https://granite.example.com/v1
      api_key: sk-1
      rpm: 60
      weight: 2
      temperature: 0.25
      timeout: 30
      max_tokens: 100
      tags: [free, fast]
      extra_headers: {{X-Team: {TEAM}}}
      input_cost_per_token: 1e-6
      drop_params: true
      stream_timeout: null
    model_info:
      max_tokens: 8192
      mode: chat
      supports_function_calling: true
      output_cost_per_token: 0.000002
      access_groups: [beta]
      base_model: granite
  - model_name: shared
    litellm_params:
      <<: *usual
      model: openai/mistral-7b-instruct
      rpm: 30
general_settings:
  master_key: os.environ/LITELLM_MASTER_KEY
"""
EXAMPLES = {"LiteMaaS's own form": 0, "a LiteLLM config.yaml": 1}

pytestmark = pytest.mark.usefixtures("no_row_is_lost")


@pytest.mark.parametrize("example", EXAMPLES.values(), ids=EXAMPLES)
def test_the_readme_s_example_is_served_as_long_as_the_setting_names_it(
    example: int, stack: Stack, tmp_path: Path
) -> None:
    key = secret("model-endpoint", "models")["api-key"]
    file = tmp_path / "models.yml"
    file.write_text(_at_the_sandbox_s_endpoint(examples(CHECKOUT / "README.md", "yaml")[example], key))
    (model,) = re.findall(r"model_name: (\S+)", file.read_text())
    with stack.with_setting("modelsFile", os.path.relpath(file, CHECKOUT)):
        done = stack.up().succeeded()
        assert Gateway.deployed().completes(model)
        assert model in psql("SELECT id FROM models").split()
        stack.unchanged()
        assert key not in done.text + stack.export()
    stack.up().succeeded()
    assert model not in Gateway.deployed().models()


def test_deployments_of_a_configuration_share_a_model_and_nothing_of_it_drifts(
    stack: Stack, tmp_path: Path
) -> None:
    key = secret("model-endpoint", "models")["api-key"]
    file = tmp_path / "config.yaml"
    file.write_text(_at_the_sandbox_s_endpoint(CONFIGURATION, key))
    with stack.with_setting("modelsFile", str(file)):
        done = stack.up().succeeded()
        done.says("only the models are read from here, not general_settings")
        assert _served("shared") == ["openai/granite-3-2-8b-instruct", "openai/mistral-7b-instruct"]
        assert psql("SELECT context_length FROM models WHERE id = 'shared'") == "8192"
        stack.unchanged()
        file.write_text(file.read_text().replace("rpm: 30", "rpm: 40"))
        assert "~ rpm" in stack.preview().out
        stack.up().succeeded()
        assert {text for text in (key, TEAM) if text in done.text + stack.export()} == set()
    stack.up().succeeded()
    assert _served("shared") == []


def _served(model_name: str) -> list[str]:
    """What the deployments of that name call."""
    models = Gateway.deployed().ask("GET", "/model/info")["data"]
    return sorted(model["litellm_params"]["model"] for model in models if model["model_name"] == model_name)


def _at_the_sandbox_s_endpoint(text: str, key: str) -> str:
    text = re.sub(r"api_base: .*", f"api_base: {ENDPOINT}", text)
    return re.sub(r"api_key: .*", f"api_key: {key}", text)
