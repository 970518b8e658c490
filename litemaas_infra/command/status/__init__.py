"""`litemaas status`: all of a deployment at a glance, and what of it is not in order."""

from litemaas_infra.command.status.command import status

__all__ = ["status"]
