"""The variables of a file, and which of them were asked for."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from litemaas_infra.settings.yaml_file import Document

PREFIX: Final = "ocp4_workload_litemaas_"
_EXPRESSION: Final = re.compile(r"\{[{%#]")
_TRUTHS: Final = {"true": True, "yes": True, "on": True, "1": True}
_LIES: Final = {"false": False, "no": False, "off": False, "0": False, "": False}


@dataclass
class Variables:
    """The variables by their names without what all begin with.

    What cannot be taken as it is, is among the document's mistakes afterwards, and taken as unset.
    """

    document: Document
    _asked: set[str] = field(default_factory=set)

    def __contains__(self, name: str) -> bool:
        return PREFIX + name in self.document.value

    def value(self, name: str) -> Any:
        """The variable's value; None where it is not set, or only Ansible knows it."""
        whole = PREFIX + name
        self._asked.add(whole)
        value = self.document.value.get(whole)
        if isinstance(value, str) and _EXPRESSION.search(value):
            self.mistake(name, "is an expression that only Ansible evaluates; write its value instead")
            return None
        # What could not be read has a value all the same: the text of a vault, for instance.
        return None if self._mistaken(whole) else value

    def text(self, name: str) -> str | None:
        """The same as text; what is empty is not set."""
        value = self.value(name)
        if isinstance(value, (dict, list)):
            self.mistake(name, "is not one value; write a single one")
            return None
        return None if value in (None, "") else str(value)

    def number(self, name: str) -> int | None:
        """The same as a whole number."""
        text = self.text(name)
        if text is None or text.isdecimal():
            return None if text is None else int(text)
        self.mistake(name, "is not a whole number; write one")
        return None

    def truth(self, name: str) -> bool | None:
        """The same as Ansible's `bool` takes it."""
        text = (self.text(name) or "").lower()
        if not text:
            return None
        if text not in _TRUTHS | _LIES:
            self.mistake(name, "is neither true nor false; write one of them")
        return (_TRUTHS | _LIES).get(text)

    def texts(self, name: str) -> list[str]:
        """The same as a list of texts."""
        value = self.value(name)
        if isinstance(value, list) and not any(isinstance(one, (dict, list)) for one in value):
            return [str(one) for one in value if one not in (None, "")]
        return [part.strip() for part in (self.text(name) or "").split(",") if part.strip()]

    def mistake(self, name: str, words: str) -> None:
        """Keep what is wrong with the variable."""
        self.document.mistake((PREFIX + name,), words)

    def note(self, name: str, words: str) -> None:
        """Keep what people should know of it."""
        self.document.note((PREFIX + name,), words)

    def others(self) -> Iterator[str]:
        """The file's variables, by their whole names, that nobody asked for."""
        yield from (name for name in self.document.value if name not in self._asked)

    def _mistaken(self, whole: str) -> bool:
        return any(found.way[:1] == (whole,) for found in self.document.mistakes)
