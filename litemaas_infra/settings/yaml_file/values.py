"""The plain values that YAML's nodes stand for: no tag makes an object, and text is what the file says."""

import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

import yaml

from litemaas_infra.settings.words import Way

_CORE: Final = "tag:yaml.org,2002:"
_MERGE: Final = f"{_CORE}merge"
_TEXTS: Final = frozenset(
    (*(_CORE + kind for kind in ("str", "timestamp", "merge", "value")), "!", "!unsafe")
)
"""What is taken as the text it is written as; `!unsafe` is how Ansible marks text that it leaves alone."""
_NUMBERS: Final = frozenset(_CORE + kind for kind in ("null", "bool", "int", "float"))
_GROUPS: Final = frozenset((_CORE + "map", _CORE + "seq", "!"))
_MOST: Final = 50_000
"""Values a file may come to, some two thousand models; a few lines of aliases can come to billions."""

VAULT: Final = (
    "is encrypted by ansible-vault, which only Ansible can open; name a variable of the gateway's pod, "
    "os.environ/NAME, or set this model by `pulumi config set --secret` instead"
)
_TAGGED: Final = "has a YAML tag that means nothing here; a text that begins with ! needs quotes"
_BRACES: Final = (
    "has a key that is no text; a text that begins with { needs quotes, and {{ ... }} is an expression that "
    "only Ansible evaluates: write its value instead"
)


class TooMuch(Exception):
    """The nodes stand for more than such a file ever does."""


class Loader(yaml.SafeLoader):
    """PyYAML's safe loader, which gives up on too much before it has read it all. Raises TooMuch."""

    _read = 0

    def compose_node(self, parent: yaml.Node | None, index: Any) -> yaml.Node | None:
        """One more node of the file."""
        self._read += 1
        if self._read > _MOST:
            raise TooMuch
        return super().compose_node(parent, index)


@dataclass
class Values:
    """Makes values of nodes, noting the line of each in `lines` and what is wrong in `problems`."""

    loader: Loader
    lines: dict[Way, int]
    problems: list[tuple[int, Way, str]] = field(default_factory=list)
    _made: int = 0

    def of(self, node: yaml.Node, way: Way) -> Any:
        """The node's value. Raises TooMuch."""
        self._made += 1
        if self._made > _MOST:
            raise TooMuch
        self.lines.setdefault(way, _line(node))
        if isinstance(node, yaml.ScalarNode):
            return self._scalar(node, way)
        if node.tag not in _GROUPS:
            self._problem(node, way, _TAGGED)
        if isinstance(node, yaml.SequenceNode):
            return [self.of(item, (*way, place)) for place, item in enumerate(node.value)]
        return self._mapping(node, way)

    def _mapping(self, node: yaml.Node, way: Way) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for key, value in self._own(node, way):
            place = (*way, key.value)
            if key.value in values:
                also = self.lines[place]
                self._problem(key, place, f"stands here twice, in line {also} too; remove one of them")
            else:
                self.lines[place] = _line(key)
                values[key.value] = self.of(value, place)
        for key, value in self._merged(node, way):
            if key.value not in values:
                values[key.value] = self.of(value, (*way, key.value))
        return values

    def _own(self, node: yaml.Node, way: Way) -> Iterator[tuple[yaml.ScalarNode, yaml.Node]]:
        for key, value in node.value:
            if not isinstance(key, yaml.ScalarNode):
                self._problem(key, way, _BRACES)
            elif key.tag != _MERGE:
                yield key, value

    def _merged(self, node: yaml.Node, way: Way) -> Iterator[tuple[yaml.ScalarNode, yaml.Node]]:
        """What `<<` brings in: an earlier mapping's values win over a later one's."""
        for key, value in node.value:
            if key.tag == _MERGE:
                for source in value.value if isinstance(value, yaml.SequenceNode) else [value]:
                    if isinstance(source, yaml.MappingNode):
                        yield from self._own(source, way)
                        yield from self._merged(source, way)
                    else:
                        self._problem(key, way, "has a << of something that has no fields; remove it")

    def _scalar(self, node: yaml.ScalarNode, way: Way) -> Any:
        if node.tag in _NUMBERS:
            return self._number(node, way)
        if node.tag not in _TEXTS:
            self._problem(node, way, VAULT if node.tag == "!vault" else _TAGGED)
        return node.value

    def _number(self, node: yaml.ScalarNode, way: Way) -> Any:
        try:
            value = self.loader.construct_object(node)
        except (ValueError, LookupError):  # `!!int many`, or more digits than Python reads
            value = math.nan
        if isinstance(value, float) and not math.isfinite(value):
            self._problem(node, way, "is no number that can be sent; write another, or put a text in quotes")
            return None
        return value

    def _problem(self, node: yaml.Node, way: Way, problem: str) -> None:
        self.problems.append((_line(node), way, problem))


def _line(node: yaml.Node) -> int:
    return int(node.start_mark.line) + 1
