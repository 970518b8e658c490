"""LiteLLM's own config.yaml, served to the gateway as a file."""

from litemaas_infra.settings.config_file.file import ConfigFile, read
from litemaas_infra.settings.config_file.metrics import measured
from litemaas_infra.settings.config_file.redis import shared

__all__ = ["ConfigFile", "measured", "read", "shared"]
