"""The gateway shows its metrics where a Prometheus watches, and to nobody else."""

from dataclasses import replace
from typing import Any

import pytest
import yaml

from litemaas_infra.errors import SettingsError
from litemaas_infra.settings.config_file import measured
from litemaas_infra.settings.load import parse
from litemaas_infra.settings.monitoring import with_metrics
from tests.litemaas_infra.support.config_files import read_text

WATCHED = {"monitoring": {"enabled": True}}
OPEN = "litellm_settings: {require_auth_for_metrics_endpoint: false}"


def _settings(text: str) -> dict[str, Any]:
    settings: dict[str, Any] = yaml.safe_load(measured(text))["litellm_settings"]
    return settings


def test_without_a_file_one_is_made() -> None:
    assert _settings("") == {
        "callbacks": ["prometheus"],
        "prometheus_initialize_budget_metrics": True,
        "require_auth_for_metrics_endpoint": True,
    }


@pytest.mark.parametrize(
    ("callbacks", "then"),
    [
        ("langfuse", ["langfuse", "prometheus"]),
        ("[langfuse, {a: b}]", ["langfuse", {"a": "b"}, "prometheus"]),
        ("[prometheus, langfuse]", ["langfuse", "prometheus"]),
        ("null", ["prometheus"]),
    ],
)
def test_whatever_else_is_called_back_still_is(callbacks: str, then: list[Any]) -> None:
    text = f"litellm_settings: {{callbacks: {callbacks}, drop_params: true}}\nmodel_list: []"
    assert _settings(text)["callbacks"] == then
    assert _settings(text)["drop_params"] is True
    assert yaml.safe_load(measured(text))["model_list"] == []


def test_whoever_wants_fewer_budgets_gets_fewer() -> None:
    text = "litellm_settings: {prometheus_initialize_budget_metrics: false}"
    assert _settings(text)["prometheus_initialize_budget_metrics"] is False


def test_metrics_for_everyone_are_refused_where_they_are_shown() -> None:
    with pytest.raises(SettingsError) as raised:
        parse(WATCHED, config=read_text(OPEN))
    (told,) = str(raised.value).split("\n  ")[1:]
    assert told.startswith("config.yaml:1: require_auth_for_metrics_endpoint shows everyone")
    assert told.endswith("or pulumi config set --path litemaas:monitoring.enabled false")
    assert parse({}, config=read_text(OPEN))


def test_a_gateway_that_nobody_watches_reads_the_file_as_it_is() -> None:
    config = read_text("litellm_settings: {drop_params: true}")
    assert with_metrics(parse({}), config) == config
    assert with_metrics(parse(WATCHED), config) == replace(config, text=measured(config.text))
