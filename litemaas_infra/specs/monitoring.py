"""Who watches the gateway, and what they are told of it."""

from typing import Annotated, Final

from pydantic import Field

from litemaas_infra import names
from litemaas_infra.specs.entity import Duration
from litemaas_infra.specs.exposure import ObjectName
from litemaas_infra.specs.group import Group
from litemaas_infra.specs.text import shaped
from litemaas_infra.specs.virtual_key import VirtualKeySpec

OF_USERS: Final = "openshift-user-workload-monitoring"
"""Namespace of the Prometheus that OpenShift has for its users' namespaces."""

LabelName = Annotated[
    str,
    shaped(
        r"([a-z0-9][-a-z0-9.]*/)?[A-Za-z0-9]([-\w.]*[A-Za-z0-9])?", "a label's name, release for instance"
    ),
]
LabelValue = Annotated[
    str, shaped(r"([A-Za-z0-9]([-\w.]{0,61}[A-Za-z0-9])?)?", "a label's value, prometheus for instance")
]


class Monitoring(Group):
    """How the Prometheus of a cluster, which its operator runs, watches the gateway, and who draws that."""

    enabled: bool = False
    """Whether Prometheus is told of the gateway, by a ServiceMonitor and by rules that alert."""
    namespace: ObjectName = OF_USERS
    """Namespace of that Prometheus, the only one whose pods are let in to read metrics."""
    labels: dict[LabelName, LabelValue] = Field(default={})
    """Labels that it chooses ServiceMonitors and rules by: `labels.release=prometheus` for instance."""
    interval: Annotated[Duration, shaped(r"\d+[smh]", "seconds, minutes or hours, 30s for instance")] = "30s"
    """How often it reads metrics."""
    dashboard_label: LabelName | None = None
    """Label that Grafana finds dashboards' ConfigMaps by, `grafana_dashboard`; no dashboard unless set."""
    dashboard_value: LabelValue = "1"
    """Value of that label."""

    @property
    def draws(self) -> bool:
        """Whether there is a dashboard."""
        return self.enabled and self.dashboard_label is not None

    @property
    def key(self) -> VirtualKeySpec:
        """The virtual key that metrics are read with, which opens nothing else."""
        return VirtualKeySpec(alias=names.MONITORING, routes=(names.METRICS,))
