"""Who watches, and what they may read."""

from typing import Any

import pytest
from pydantic import ValidationError

from litemaas_infra.errors import SettingsError
from litemaas_infra.settings.load import parse
from litemaas_infra.specs.monitoring import Monitoring


def test_nobody_watches_unless_it_is_wanted() -> None:
    assert not Monitoring().enabled
    assert not Monitoring.model_validate({"dashboardLabel": "grafana_dashboard"}).draws
    assert not Monitoring(enabled=True).draws


def test_metrics_are_read_with_a_key_that_opens_nothing_else() -> None:
    told = Monitoring(enabled=True).key.told
    assert told["key_alias"] == "litemaas-monitoring"
    assert told["allowed_routes"] == ["/metrics"]


@pytest.mark.parametrize("interval", ["15s", "1m", "1h"])
def test_an_interval_is_as_prometheus_has_it(interval: str) -> None:
    assert Monitoring(interval=interval).interval == interval


@pytest.mark.parametrize(
    ("field", "value"),
    [("interval", "30"), ("interval", "1mo"), ("dashboardLabel", "a label"), ("labels", {"release": "a/b"})],
)
def test_what_prometheus_or_kubernetes_would_refuse_is_refused(field: str, value: Any) -> None:
    with pytest.raises(ValidationError):
        Monitoring.model_validate({field: value})


HOLES = ("49468", "42271", "35030", "35029", "42203", "40217")


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        ({"monitoring": "yes"}, "pulumi config set --path 'litemaas:monitoring.enabled' VALUE"),
        (
            {"keys": [{"alias": "litemaas-monitoring"}]},
            "which is that of Prometheus' own key; give it another",
        ),
        (
            {
                "monitoring": {"enabled": True},
                "litellmVersion": "1.74.7",
                "acceptedRisks": [f"CVE-2026-{number}" for number in HOLES],
            },
            "shows metrics only to who has a licence",
        ),
    ],
)
def test_what_cannot_be_is_refused_with_the_way_out(settings: dict[str, Any], told: str) -> None:
    with pytest.raises(SettingsError, match=told.replace("'", ".")):
        parse(settings)
