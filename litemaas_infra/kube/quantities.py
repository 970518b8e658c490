"""Sizes as Kubernetes writes them: 10Gi, 10G, 1.5Gi, 1e9 or plain bytes."""

import re
from decimal import ROUND_CEILING, Decimal
from typing import Final

_UNITS: Final = {
    "m": Decimal("0.001"),
    "": Decimal(1),
    **{unit: Decimal(1000) ** power for power, unit in enumerate("kMGTPE", start=1)},
    **{f"{unit}i": Decimal(1024) ** power for power, unit in enumerate("KMGTPE", start=1)},
}


def in_bytes(quantity: str) -> Decimal:
    """The quantity as a number."""
    parts = re.fullmatch(r"([\d.]+(?:[eE][+-]?\d+)?)([a-zA-Z]*)", quantity)
    if parts is None:
        raise ValueError(f"{quantity!r} is not a quantity of Kubernetes")
    return Decimal(parts[1]) * _UNITS[parts[2]]


def settable(quantity: str) -> str:
    """The quantity as our settings take one: as it is, or in whole Gi, rounded up."""
    if re.fullmatch(r"\d+(Mi|Gi|Ti)", quantity):
        return quantity
    return f"{(in_bytes(quantity) / _UNITS['Gi']).to_integral_value(ROUND_CEILING)}Gi"


def shown(resource: str, amount: Decimal) -> str:
    """An amount of a resource as people write it: 1500m of cpu, 512Mi of memory, 3 pods."""
    if resource.endswith("cpu"):
        return f"{amount / _UNITS['m']:.0f}m"
    if resource.endswith(("memory", "storage")):
        return f"{amount / _UNITS['Mi']:.0f}Mi"
    return f"{amount:.0f}"
