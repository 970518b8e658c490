"""YAML as plain values that know their lines, together with what is wrong with them."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml

from litemaas_infra.settings.words import Way
from litemaas_infra.settings.yaml_file.syntax import in_our_words, unprintable
from litemaas_infra.settings.yaml_file.values import Loader, TooMuch, Values


@dataclass(frozen=True)
class Finding:
    """Something to tell of a file: the line, counted from 1, the way to what it concerns, and the words."""

    line: int
    way: Way
    words: str


@dataclass
class Document:
    """What a text says: its value, the line of each part, and what there is to tell of it."""

    value: Any = None
    lines: dict[Way, int] = field(default_factory=lambda: {(): 1})
    mistakes: list[Finding] = field(default_factory=list)
    notes: list[Finding] = field(default_factory=list)

    def line(self, way: Way) -> int:
        """The line of what is there, or of the nearest thing around it."""
        while way not in self.lines:
            way = way[:-1]
        return self.lines[way]

    def leaves(self) -> Iterator[tuple[Way, Any]]:
        """Every value in it that holds no others, with the way there."""
        return _leaves(self.value, ())

    def mistake(self, way: Way, words: str) -> None:
        """Keep a mistake; one inside of what is known to be mistaken follows from that, and is left out."""
        known = {mistake.way for mistake in self.mistakes}
        if not any(way[:length] in known for length in range(1, len(way) + 1)):
            self.mistakes.append(Finding(self.line(way), way, words))

    def note(self, way: Way, words: str) -> None:
        """Keep something that is no mistake, but that people should know."""
        self.notes.append(Finding(self.line(way), way, words))


def _leaves(value: Any, way: Way) -> Iterator[tuple[Way, Any]]:
    if isinstance(value, (dict, list)):
        for step, part in value.items() if isinstance(value, dict) else enumerate(value):
            yield from _leaves(part, (*way, step))
    else:
        yield way, value


def parse(text: str) -> Document:
    """The text as a document. Whatever is wrong with it is among its mistakes; nothing is raised."""
    if line := unprintable(text):
        return _useless(line, "holds a control character; remove it")
    loader = Loader(text)
    try:
        return _document(loader)
    except yaml.MarkedYAMLError as error:
        return _useless(*in_our_words(error))
    except (RecursionError, TooMuch):
        return _useless(1, "is nested too deeply, or comes to too much by its aliases; write it out plainly")
    finally:
        loader.dispose()


def _document(loader: Loader) -> Document:
    node, document = loader.get_single_node(), Document()
    if node is not None:
        values = Values(loader, document.lines)
        document.value = values.of(node, ())
        document.mistakes = [Finding(*problem) for problem in values.problems]
    return document


def _useless(line: int, words: str) -> Document:
    return Document(mistakes=[Finding(line, (), words)])
