"""YAML files that people write: their values, the line of each, and what is wrong with them."""

from litemaas_infra.settings.yaml_file.document import Document, Finding, parse
from litemaas_infra.settings.yaml_file.text import read_text
from litemaas_infra.settings.yaml_file.told import Told, told, validity

__all__ = ["Document", "Finding", "Told", "parse", "read_text", "told", "validity"]
