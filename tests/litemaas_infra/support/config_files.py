"""Files that the gateway reads, as the settings read them."""

import tempfile
from pathlib import Path

from litemaas_infra.settings.config_file import ConfigFile, read

FILE = "config.yaml"
OF_SEED_003 = """\
model_list:
  - model_name: mac-gpt-oss-balanced
    litellm_params:
      model: ollama/gpt-oss:20b
      api_base: "http://host.lima.internal:11434"
      temperature: 0.7
  - model_name: gpt-4o
    litellm_params:
      model: gpt-4o
      api_key: "os.environ/OPENAI_API_KEY"
  - model_name: gpt-4-with-fallback
    litellm_params:
      model: gpt-4
      api_key: "os.environ/OPENAI_API_KEY"
      fallbacks:
        - model: ollama/llama3:8b
          api_base: "http://host.lima.internal:11434"
"""
"""The models of the deployment that people have on their own machines."""


def read_text(text: str | bytes) -> ConfigFile:
    """What a file with this content is read as."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / FILE).write_bytes(text.encode() if isinstance(text, str) else text)
        return read(FILE, Path(folder))


def mistakes(text: str | bytes) -> list[str]:
    """What is wrong with a file, each without the file's name, which it begins with."""
    found = read_text(text).mistakes
    assert all(mistake.startswith(f"{FILE}:") for mistake in found)
    return [mistake.removeprefix(f"{FILE}:").strip() for mistake in found]
