"""Files that list models, as LiteMaaS's Ansible role and LiteLLM itself have them."""

from litemaas_infra.settings.models_file.file import ModelsFile, read

__all__ = ["ModelsFile", "read"]
