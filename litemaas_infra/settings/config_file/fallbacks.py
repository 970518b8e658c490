"""The models that a config.yaml falls back to."""

from collections.abc import Iterator
from typing import Any, Final

from litemaas_infra.settings.words import Way
from litemaas_infra.settings.yaml_file import Document

_KINDS: Final = ("fallbacks", "context_window_fallbacks", "content_policy_fallbacks")
_SECTIONS: Final = ("router_settings", "litellm_settings")


def named(document: Document) -> Iterator[tuple[Way, str]]:
    """The model_names that a valid document falls back to, and where it says so."""
    for section in _SECTIONS:
        settings = document.value.get(section) or {}
        for kind in _KINDS:
            for index, fallback in enumerate(settings.get(kind) or []):
                for model, others in fallback.items():
                    yield from _names((section, kind, index, model), others)
        yield from _names((section, "default_fallbacks"), settings.get("default_fallbacks") or [])


def _names(way: Way, others: list[Any]) -> Iterator[tuple[Way, str]]:
    """A fallback may also be a map of parameters, which is called as it is."""
    for index, other in enumerate(others):
        if isinstance(other, str):
            yield (*way, index), other
