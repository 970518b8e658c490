"""What Prometheus and Grafana are told: checked with promtool, and on the metrics of the real gateway."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from litemaas_infra.components.monitoring.files import DASHBOARD, RULES
from sandbox.artifacts import ensure
from sandbox.monitoring import PROMTOOL
from tests.end_to_end.support import documented
from tests.end_to_end.support.commands import CHECKOUT, Done, run
from tests.end_to_end.support.gateway import Gateway
from tests.end_to_end.support.metrics import WATCHING, asked, exposed, read, scraped
from tests.end_to_end.support.pulumi import Stack
from tests.end_to_end.support.sandbox import NAMESPACE, found, inside, names, oc, secret

MODEL = "granite-3-2-8b-instruct"
NAME = "litemaas-monitoring"
ENABLED = "litemaas:monitoring.enabled"
METRICS = "https://litellm-litemaas.apps.sandbox.test/metrics/"
PATIENCE = 60.0
"""Seconds until the gateway has counted a request in every way."""


@pytest.fixture(scope="module")
def tools() -> Path:
    return ensure(PROMTOOL)


@pytest.fixture(scope="module")
def _operator(tools: Path) -> Iterator[None]:
    """The definitions that the operator brings to a cluster."""
    text = "---\n".join(file.read_text() for file in sorted((tools / "crds").iterdir()))
    oc("apply", "--server-side", "-f", "-", stdin=text)
    yield
    oc("delete", "-f", "-", stdin=text)


@pytest.fixture(scope="module")
def metrics(_operator: None, stack: Stack) -> str:
    """What the gateway shows once it was set up as the README says, and asked for something."""
    stack.set("monitoring.namespace", WATCHING)
    documented.follow("## Watched by Prometheus")
    gateway = Gateway.deployed()
    team = gateway.ask("POST", "/team/new", {"team_alias": "watched", "max_budget": 5})["team_id"]
    limits = {"key_alias": "watched", "team_id": team, "max_budget": 5, "models": [MODEL]}
    Gateway(gateway.url, gateway.ask("POST", "/key/generate", limits)["key"]).completes(MODEL)
    return _counted()


def _counted() -> str:
    key = secret(f"litellm-key-{NAME}")["api_key"]
    until = time.monotonic() + PATIENCE
    while True:
        text = _answer(key).succeeded().out
        uncounted = {metric for metric, _ in asked(RULES, DASHBOARD)} - set(exposed(text))
        if not uncounted:
            return text
        assert time.monotonic() < until, uncounted
        time.sleep(2)


def _answer(key: str | None) -> Done:
    headers = ("-H", f"Authorization: Bearer {key}") if key else ()
    return inside("curl", "-sS", "--fail-with-body", *headers, METRICS)


@pytest.mark.usefixtures("people")
def test_a_cluster_without_the_operator_is_refused_with_the_way_out(stack: Stack) -> None:
    with stack.with_setting(ENABLED, "true"):
        said = stack.up().failed()
        said.says("servicemonitors.monitoring.coreos.com", "install the Prometheus operator")


def test_every_metric_that_is_asked_for_is_there_with_its_labels(metrics: str) -> None:
    there = exposed(metrics)
    for metric, labels in asked(RULES, DASHBOARD):
        assert labels <= there[metric], metric


def test_budgets_are_told_of_keys_and_teams(metrics: str) -> None:
    assert 'litellm_api_key_max_budget_metric{api_key_alias="watched"' in metrics
    assert 'team_alias="watched"} 5.0' in metrics


def test_metrics_are_what_prometheus_takes_for_some(tools: Path, metrics: str) -> None:
    run(str(tools / "promtool"), "check", "metrics", "--lint=none", "--extended", stdin=metrics).succeeded()


def test_rules_are_what_prometheus_takes_for_some_and_alert_when_they_should(tools: Path) -> None:
    run(str(tools / "promtool"), "check", "rules", str(RULES)).succeeded()
    alerts = CHECKOUT / "tests/end_to_end/support/alerts.yaml"
    run(str(tools / "promtool"), "test", "rules", str(alerts)).succeeded()


@pytest.mark.usefixtures("metrics")
def test_only_the_key_for_them_opens_metrics_and_it_opens_nothing_else() -> None:
    gateway = Gateway.deployed()
    _answer(None).failed().says("Unauthorized")
    _answer(gateway.virtual_key().key).failed().says("Only proxy admin")
    key = secret(f"litellm-key-{NAME}")["api_key"]
    asking = ("curl", "-sS", "--fail-with-body", "-H", f"Authorization: Bearer {key}")
    for path in ("/v1/models", "/key/list", "/model/info"):
        inside(*asking, gateway.url + path).failed().says("not allowed to call this route")


@pytest.mark.usefixtures("metrics")
def test_prometheus_gets_in_with_what_it_is_told() -> None:
    assert "litellm_proxy_total_requests_metric_total{" in scraped(NAME)


@pytest.mark.usefixtures("metrics")
def test_it_is_declared_as_it_is(stack: Stack) -> None:
    assert found("servicemonitor", NAME)["spec"]["endpoints"][0]["path"] == "/metrics/"
    assert found("configmap", NAME)["metadata"]["labels"]["grafana_dashboard"] == "1"
    stack.unchanged()


@pytest.mark.usefixtures("metrics", "no_row_is_lost")
def test_turned_off_nothing_of_it_is_left(stack: Stack) -> None:
    stack.unset("litemaas:monitoring")
    stack.up().succeeded()
    left = names("servicemonitor,prometheusrule,configmap,networkpolicy,secret")
    assert not [name for name in left if "monitoring" in name]
    _answer(Gateway.deployed().key).failed().says("404")
    assert "timed out" in read(f"http://litellm.{NAMESPACE}.svc:4000/metrics/").err
