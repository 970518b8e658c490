"""The stack's settings: what they are, and how they are read."""

from litemaas_infra.settings.load import load, read
from litemaas_infra.settings.schema import Settings

__all__ = ["Settings", "load", "read"]
