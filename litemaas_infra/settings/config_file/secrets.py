"""Secrets that are written out in a config.yaml, which ends in a ConfigMap that many may read."""

import re
from typing import Any, Final

from litemaas_infra.names import PROJECT
from litemaas_infra.settings.words import Way
from litemaas_infra.settings.yaml_file import Document
from litemaas_infra.specs.variables import named

_TELLING: Final = re.compile(
    r"(.*[_-])?((api)?keys?|key_id|token|secret|pass(word|wd|phrase)?|pwd|credentials?|authorization|cookie|license"
    r"|dsn|connection_string)",
    re.IGNORECASE,
)
"""Names whose values are secret. Others only look so: max_tokens, key_management_system, base_model."""
_SHAPED: Final = re.compile(
    r"sk-\S{8,}|gsk_\S{8,}|hf_\S{8,}|AKIA\w{12,}|AIza\S{12,}|gh[pousr]_\w{12,}|github_pat_\w+|glpat-\S+"
    r"|xox[a-z]-\S+|eyJ[\w-]+\.[\w-]+\..*|(Bearer|Basic)\s+\S+|-----BEGIN .*|\w+://[^/\s@]*:[^/\s@]+@.*"
    r"|https://hooks\.slack\.com/.*",
    re.IGNORECASE | re.DOTALL,
)
"""Values that are secrets wherever they stand."""
_NO_NAME: Final = re.compile(r"\W+")


def refuse(document: Document) -> None:
    """Keep every secret that is written out among the document's mistakes, with how to move it."""
    for way, value in document.leaves():
        # A password of digits alone is a number.
        if isinstance(value, (str, int)) and not isinstance(value, bool) and _is_secret(way, str(value)):
            document.mistake(way, _remedy(document, way))


def _is_secret(way: Way, text: str) -> bool:
    if not text or any(named(text)):
        return False
    return _TELLING.fullmatch(_leaf(way)) is not None or _SHAPED.match(text) is not None


def _leaf(way: Way) -> str:
    """The name that stands nearest to a value."""
    return next((step for step in reversed(way) if isinstance(step, str)), "")


def _remedy(document: Document, way: Way) -> str:
    name = _variable(document.value, way)
    moved = f"pulumi config set --path --secret '{PROJECT}:apiKeys.{name}', which asks for it"
    then = "remove this line" if way[0] == "environment_variables" else f"write os.environ/{name} here"
    return f"is a secret, and this file ends in a ConfigMap; {moved}, and {then}"


def _variable(value: dict[str, Any], way: Way) -> str:
    """A name for the secret: in a model's entry it begins as the model is called."""
    model = ""
    if way[0] == "model_list" and isinstance(way[1], int):
        entry = value["model_list"][way[1]]
        model = str(entry.get("model_name", "")) if isinstance(entry, dict) else ""
    # What is no name at all may be the secret itself.
    leaf = _leaf(way) if _TELLING.fullmatch(_leaf(way)) else "key"
    return _NO_NAME.sub("_", f"{model}_{leaf}").strip("_").upper()
