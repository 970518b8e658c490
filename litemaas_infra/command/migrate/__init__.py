"""`litemaas migrate`: how a deployment of the Ansible collection becomes this stack's."""

from litemaas_infra.command.migrate.command import migrate

__all__ = ["migrate"]
