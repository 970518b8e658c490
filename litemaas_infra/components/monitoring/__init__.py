"""What a Prometheus and a Grafana of the cluster are told of the gateway."""

from litemaas_infra.components.monitoring.monitoring import Monitoring

__all__ = ["Monitoring"]
