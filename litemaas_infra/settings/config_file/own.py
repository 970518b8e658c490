"""What a config.yaml may not say, because this stack says it."""

from collections.abc import Mapping
from typing import Any, Final

from litemaas_infra import names
from litemaas_infra.settings.words import Way
from litemaas_infra.settings.yaml_file import Document
from litemaas_infra.specs.values import ENVIRONMENT
from litemaas_infra.specs.variables import OWN, named

_SETTINGS: Final[Mapping[str, object]] = {
    "master_key": f"{ENVIRONMENT}{names.MASTER_KEY}",
    "database_url": f"{ENVIRONMENT}{names.DATABASE_URL}",
    "store_model_in_db": True,
}
"""The general_settings that are this stack's, with how they may be said all the same."""
_INCLUDE: Final = "names a file that the gateway's pod does not have; put its content here"
_MODELS: Final = "leaves out models, which this stack keeps in the database; add models to the list"


def refuse(document: Document) -> None:
    """Keep what contradicts the stack among the document's mistakes."""
    general = _section(document, "general_settings")
    for name, value in _SETTINGS.items():
        # Not even null: LiteLLM would take it for no master key at all.
        if name in general and general[name] != value:
            remedy = f"remove the line, or write {str(value).replace('True', 'true')}"
            document.mistake(("general_settings", name), f"is this stack's own; {remedy}")
    objects = general.get("supported_db_objects")
    if isinstance(objects, list) and "models" not in objects:
        document.mistake(("general_settings", "supported_db_objects"), _MODELS)
    for name in _section(document, "environment_variables").keys() & OWN:
        document.mistake(("environment_variables", name), "is set by this stack; remove the line")
    if "include" in document.value:
        document.mistake(("include",), _INCLUDE)


def _section(document: Document, name: str) -> Mapping[str, Any]:
    found = document.value.get(name)
    return found if isinstance(found, dict) else {}


def needed(document: Document) -> list[tuple[Way, str]]:
    """The variables of the pod that the file names and neither it nor the stack sets."""
    given = OWN | _section(document, "environment_variables").keys()
    return [(way, name) for way, value in document.leaves() for name in named(value) if name not in given]
