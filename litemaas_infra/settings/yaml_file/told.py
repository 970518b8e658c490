"""What people are told of a file: its name, the line, the place in it, and what mends it."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from litemaas_infra.settings.words import Way, location, problem
from litemaas_infra.settings.yaml_file.document import Document, Finding

_NAME: Final = re.compile(r"(ocp4_)?[a-z_]{1,60}")
"""A key that is surely a name; any other may be a secret that slipped into its place."""
_REMEDIES: Final = {
    "missing": "add it",
    "string_type": "put it in quotes",
    "bool_parsing": "write true or false",
    "bool_type": "write true or false",
}


@dataclass(frozen=True)
class Told:
    """What is wrong with a file, and what else there is to tell of it."""

    mistakes: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def told(name: str, document: Document) -> Told:
    """All that there is to tell of the document, in the order of its lines."""
    return Told(_texts(name, document.mistakes), _texts(name, document.notes))


def shown(way: Way) -> str:
    """The way as people read it; what may be a secret in it is left out."""
    steps = [f"[{step}]" if isinstance(step, int) else f".{_name(step)}" for step in way]
    return "".join(steps).removeprefix(".")


def validity(
    document: Document, error: ValidationError, place: Callable[[Way], Way], unknown: Callable[[str], str]
) -> None:
    """Keep what pydantic found among the document's mistakes.

    `place` is where in the document a part of the checked value stands, `unknown` what mends a name there is
    no field of.
    """
    for detail in error.errors(include_url=False, include_input=False):
        document.mistake(_way(document, detail, place), _words(detail, unknown))


def _way(document: Document, detail: ErrorDetails, place: Callable[[Way], Way]) -> Way:
    way = place(location(detail))
    while detail["type"] not in ("missing", "of_field") and way not in document.lines:
        # Pydantic's location also says which of a field's several types it tried.
        way = way[:-1]
    return way


def _words(detail: ErrorDetails, unknown: Callable[[str], str]) -> str:
    if detail["type"] == "extra_forbidden":
        return unknown(str(location(detail)[-1]))
    words = problem(detail)
    return words if ";" in words else f"{words}; {_REMEDIES.get(detail['type'], 'change it in this line')}"


def _texts(name: str, findings: list[Finding]) -> tuple[str, ...]:
    return tuple(
        ": ".join(part for part in (f"{name}:{found.line}", shown(found.way), found.words) if part)
        for found in sorted(findings, key=lambda found: found.line)
    )


def _name(key: str) -> str:
    return key if _NAME.fullmatch(key) else "..."
