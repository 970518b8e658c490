"""The variables that LiteMaaS's Ansible collection was run with, as settings of a stack."""

from litemaas_infra.settings.extra_vars.translation import Translation, translate

__all__ = ["Translation", "translate"]
