"""LiteLLM's own config.yaml, served to the gateway as a file."""

from litemaas_infra.settings.config_file.file import ConfigFile, read

__all__ = ["ConfigFile", "read"]
