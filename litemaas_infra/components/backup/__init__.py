"""Copies of both databases, made by themselves, and what is filled from one of them."""

from litemaas_infra.components.backup.backups import Backups
from litemaas_infra.components.backup.pod import Images

__all__ = ["Backups", "Images"]
