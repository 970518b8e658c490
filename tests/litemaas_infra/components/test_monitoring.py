"""What Prometheus and Grafana are told; that the gateway has such metrics is seen end to end."""

import json
import re
from typing import Any

import pytest
import yaml

from tests.litemaas_infra.support.program import GENERATED, Hidden, Program, run

SETTINGS = {
    "enabled": True,
    "namespace": "watching",
    "labels": {"release": "prometheus"},
    "interval": "15s",
    "dashboardLabel": "grafana_dashboard",
}
NAME = "litemaas-monitoring"


@pytest.fixture(scope="module")
def watched() -> Program:
    return run(monitoring=SETTINGS)


def _endpoint(program: Program) -> dict[str, Any]:
    (endpoint,) = program.one("ServiceMonitor", NAME).inputs["spec"]["endpoints"]
    return dict(endpoint)


def test_nobody_is_told_unless_it_is_wanted(program: Program) -> None:
    told = str([resource.inputs for resource in program.resources])
    assert "monitoring" not in told
    assert "prometheus" not in told


def test_each_replica_is_read_by_the_service_of_the_gateway(watched: Program) -> None:
    spec = watched.one("ServiceMonitor", NAME).inputs["spec"]
    service = watched.one("Service", "litellm").inputs
    assert spec["selector"]["matchLabels"].items() <= service["metadata"]["labels"].items()
    assert _endpoint(watched)["port"] == service["spec"]["ports"][0]["name"]
    assert (_endpoint(watched)["path"], _endpoint(watched)["interval"]) == ("/metrics/", "15s")
    assert "scheme" not in _endpoint(watched)


def test_it_is_read_with_a_key_that_is_there_before(watched: Program) -> None:
    asked = _endpoint(watched)["authorization"]["credentials"]
    assert asked == {"name": f"litellm-key-{NAME}", "key": "api_key"}
    held = watched.one("Secret", asked["name"]).inputs["stringData"]
    assert held == Hidden({"api_key": f"{GENERATED}{asked['name']}"})
    assert _endpoint(watched)["authorization"]["type"] == "Bearer"
    assert f"monitoring-keys-{NAME}" in watched.needed(watched.one("ServiceMonitor"))
    (made,) = watched.all("VirtualKey")
    assert made.inputs["routes"] == ["/metrics"]


def test_the_gateway_shows_them(watched: Program) -> None:
    file = yaml.safe_load(watched.one("ConfigMap", "litellm-config").inputs["data"]["config.yaml"])
    assert file["litellm_settings"]["callbacks"] == ["prometheus"]
    assert file["litellm_settings"]["require_auth_for_metrics_endpoint"] is True


def test_a_gateway_that_speaks_tls_is_checked() -> None:
    by_service_ca = _endpoint(run(monitoring=SETTINGS, exposure={"tls": "reencrypt"}))
    assert by_service_ca["scheme"] == "https"
    assert by_service_ca["tlsConfig"] == {
        "ca": {"configMap": {"name": "openshift-service-ca.crt", "key": "service-ca.crt"}},
        "serverName": "litellm.litemaas.svc",
    }
    own = {"tls": "reencrypt", "servingSecret": "serving"}
    assert _endpoint(run(monitoring=SETTINGS, exposure=own))["tlsConfig"]["ca"] == {
        "secret": {"name": "serving", "key": "tls.crt"}
    }


@pytest.mark.parametrize("kind", ["ServiceMonitor", "PrometheusRule"])
def test_prometheus_finds_them_by_the_labels_of_the_settings(watched: Program, kind: str) -> None:
    labels = watched.one(kind, NAME).inputs["metadata"]["labels"]
    assert {"release": "prometheus", "app.kubernetes.io/part-of": "litemaas"}.items() <= labels.items()


def test_rules_are_of_the_stacks_own_namespace_and_say_what_to_do() -> None:
    program = run(monitoring=SETTINGS, namespace="another")
    (group,) = program.one("PrometheusRule").inputs["spec"]["groups"]
    rules = {rule["alert"]: rule for rule in group["rules"]}
    asked = {"GatewayDown", "ErrorRate", "KeyBudgetNearlySpent", "TeamBudgetNearlySpent", "DatabaseDisk"}
    assert {f"LiteMaaS{name}" for name in asked} <= set(rules)
    for rule in rules.values():
        selectors = re.findall(r"(?:\w+)\{([^}]*)\}", rule["expr"])
        assert selectors
        assert all('namespace="another"' in selector for selector in selectors)
        assert set(rule["annotations"]) == {"summary", "description"}


def test_the_dashboard_is_found_by_its_label_and_asks_for_the_namespace(watched: Program) -> None:
    config = watched.one("ConfigMap", NAME).inputs
    assert config["metadata"]["labels"]["grafana_dashboard"] == "1"
    drawn = json.loads(config["data"]["litemaas.json"])
    for panel in drawn["panels"]:
        for target in panel["targets"]:
            selectors = re.findall(r"(?:\w+)\{([^}]*)\}", target["expr"])
            assert selectors
            assert all('namespace="$namespace"' in selector for selector in selectors)
    assert len({panel["id"] for panel in drawn["panels"]}) == len(drawn["panels"])


def test_without_a_label_there_is_none() -> None:
    maps = [one.inputs["metadata"]["name"] for one in run(monitoring={"enabled": True}).all("ConfigMap")]
    assert maps == ["litellm-config"]


def test_one_namespace_more_reaches_the_gateway_and_only_that(program: Program, watched: Program) -> None:
    def policies(of: Program) -> dict[str, Any]:
        return {p.inputs["metadata"]["name"]: p.inputs["spec"] for p in of.all("NetworkPolicy")}

    more = {name: spec for name, spec in policies(watched).items() if name not in policies(program)}
    assert set(more) == {"litemaas-monitoring"}
    (spec,) = more.values()
    assert spec["podSelector"] == {"matchLabels": {"app": "litellm"}}
    assert spec["policyTypes"] == ["Ingress"]
    there = {"namespaceSelector": {"matchLabels": {"kubernetes.io/metadata.name": "watching"}}}
    assert spec["ingress"] == [{"from": [there], "ports": [{"port": 4000, "protocol": "TCP"}]}]
