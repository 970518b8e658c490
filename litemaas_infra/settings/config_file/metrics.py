"""What LiteLLM shows a Prometheus of itself, and to whom."""

from collections.abc import Iterator
from typing import Any, Final

import yaml

from litemaas_infra.settings.words import Way
from litemaas_infra.settings.yaml_file import Document

_SECTION: Final = "litellm_settings"
_GUARD: Final = "require_auth_for_metrics_endpoint"
_ALSO_UNSPENT: Final = {"prometheus_initialize_budget_metrics": True}
_LOGGER: Final = "prometheus"


def opened(document: Document) -> Iterator[tuple[Way, str]]:
    """The line of the file that shows metrics to whoever reaches the gateway, where there is one."""
    if _settings(document.value).get(_GUARD, True) is not True:
        yield (_SECTION, _GUARD), _GUARD


def measured(text: str) -> str:
    """The file's text, with which LiteLLM shows its metrics to who has a key for them."""
    document = yaml.safe_load(text) or {}
    settings = _settings(document)
    named = settings.get("callbacks") or []
    callbacks = named if isinstance(named, list) else [named]
    others = [callback for callback in callbacks if callback != _LOGGER]
    # Older versions ask nobody for a key unless they are told to.
    whole = {**_ALSO_UNSPENT, **settings, "callbacks": [*others, _LOGGER], _GUARD: True}
    return yaml.safe_dump({**document, _SECTION: whole}, sort_keys=False, allow_unicode=True)


def _settings(value: Any) -> dict[str, Any]:
    found = value.get(_SECTION) if isinstance(value, dict) else None
    return found if isinstance(found, dict) else {}
