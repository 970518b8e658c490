"""The gateway as the cluster's Prometheus sees it: where its metrics are, what to alert of, what to draw."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

import pulumi
from pulumi_kubernetes.apiextensions import CustomResource
from pulumi_kubernetes.core.v1 import ConfigMap

from litemaas_infra import names
from litemaas_infra.components.keys import Keys
from litemaas_infra.components.monitoring import files
from litemaas_infra.components.place import Place
from litemaas_infra.kube import objects
from litemaas_infra.providers.site import Site
from litemaas_infra.specs.exposure import Exposure
from litemaas_infra.specs.monitoring import Monitoring as Settings
from litemaas_infra.specs.shape import Shape

_LABELS: Final = names.labels(names.MONITORING, "monitoring")


class Monitoring(pulumi.ComponentResource):
    """A ServiceMonitor with a key for metrics alone, rules that alert, and a dashboard where one is wanted.

    Whether anybody reads them is up to the cluster's Prometheus and Grafana.
    """

    def __init__(
        self,
        name: str,
        *,
        place: Place,
        site: Site,
        shape: Shape,
        after: Sequence[pulumi.Resource],
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        super().__init__("litemaas:index:Monitoring", name, {}, opts)
        self._name, self._place, self._namespace = name, place, site.namespace
        self._settings = shape.monitoring
        mine = pulumi.ResourceOptions(parent=self)
        key = Keys(f"{name}-keys", place=place, site=site, keys=[self._settings.key], after=after, opts=mine)
        self._custom("ServiceMonitor", _watched(self._settings, shape.exposure, site.namespace), *key.ready)
        self._custom("PrometheusRule", files.rules(site.namespace))
        if self._settings.draws:
            self._dashboard()
        self.register_outputs({})

    def _custom(self, kind: str, spec: Mapping[str, Any], *after: pulumi.Resource) -> None:
        labels = {**self._settings.labels, **_LABELS}
        CustomResource(
            f"{self._name}-{kind.lower()}",
            api_version=names.MONITORS,
            kind=kind,
            metadata=objects.metadata(names.MONITORING, self._namespace, labels),
            spec=spec,
            opts=self._place.inside(self, *after),
        )

    def _dashboard(self) -> None:
        labels = {str(self._settings.dashboard_label): self._settings.dashboard_value, **_LABELS}
        ConfigMap(
            f"{self._name}-dashboard",
            metadata=objects.metadata(names.MONITORING, self._namespace, labels),
            data={names.DASHBOARD: files.dashboard()},
            opts=self._place.inside(self),
        )


def _watched(settings: Settings, exposure: Exposure, namespace: str) -> dict[str, Any]:
    """What a ServiceMonitor says of the gateway's Service, each replica of which is read by itself."""
    secret = names.KEY_SECRET.format(alias=names.MONITORING)
    endpoint = {
        "port": "http",
        # LiteLLM sends whoever leaves out the last slash elsewhere first.
        "path": f"{names.METRICS}/",
        "interval": settings.interval,
        "authorization": {"type": "Bearer", "credentials": {"name": secret, "key": names.KEY}},
        **_tls(exposure, namespace),
    }
    return {"selector": {"matchLabels": {"app": names.GATEWAY}}, "endpoints": [endpoint]}


def _tls(exposure: Exposure, namespace: str) -> dict[str, Any]:
    """How Prometheus speaks with a gateway that speaks TLS, and what it checks."""
    if not exposure.reencrypts:
        return {}
    authority = {"configMap": {"name": names.SERVICE_CA, "key": names.SERVICE_CA_KEY}}
    if exposure.serving_secret:
        # Whoever it is from: it is the one that the gateway was given.
        authority = {"secret": {"name": exposure.serving_secret, "key": "tls.crt"}}
    return {"scheme": "https", "tlsConfig": {"ca": authority, "serverName": names.inside(namespace)}}
