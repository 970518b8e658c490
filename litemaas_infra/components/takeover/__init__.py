"""What a stack's empty databases are filled with from those of a former deployment."""

from litemaas_infra.components.takeover.takeover import Former

__all__ = ["Former"]
