"""The rules and the dashboard, each in a file that Prometheus' and Grafana's own tools read."""

from pathlib import Path
from typing import Any, Final

import yaml

from litemaas_infra import names

_FOLDER: Final = Path(__file__).parent
RULES: Final = _FOLDER / "rules.yaml"
DASHBOARD: Final = _FOLDER / "dashboard.json"
_WRITTEN: Final = f'namespace="{names.PROJECT}"'
"""Whom the rules in the file are for."""


def rules(namespace: str) -> dict[str, Any]:
    """The rules for the gateway of a namespace, and for no other that the same Prometheus watches."""
    text = RULES.read_text().replace(_WRITTEN, f'namespace="{namespace}"')
    groups: dict[str, Any] = yaml.safe_load(text)
    return groups


def dashboard() -> str:
    """The dashboard, which asks whoever reads it for the namespace."""
    return DASHBOARD.read_text()
