"""Metrics are shown where a Prometheus watches, and to nobody else."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from litemaas_infra.names import PROJECT
from litemaas_infra.settings.config_file import ConfigFile, measured
from litemaas_infra.settings.schema import Settings

_OFF: Final = f"pulumi config set --path {PROJECT}:monitoring.enabled false"


def uncovered(settings: Settings, config: ConfigFile) -> Iterator[str]:
    """What shows metrics, with the names and e-mail addresses in them, to whoever reaches the gateway."""
    for place, name in config.opened if settings.monitoring.enabled else ():
        yield f"{place}: {name} shows everyone whose keys spend how much; remove the line, or {_OFF}"


def with_metrics(settings: Settings, config: ConfigFile) -> ConfigFile:
    """The file that the gateway reads, where it is watched."""
    return replace(config, text=measured(config.text)) if settings.monitoring.enabled else config
