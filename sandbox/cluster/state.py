"""What a complete `up` notes about the sandbox it started, for the other commands."""

import json
from dataclasses import asdict, dataclass

from sandbox.paths import RUN

FILE = RUN / "sandbox.json"


@dataclass(frozen=True)
class Sandbox:
    """A running sandbox: its flavour, and the folders in the cache that it runs from."""

    flavour: str
    kube: str
    images: tuple[str, ...]

    def save(self) -> None:
        """Writes the note; from now on the sandbox counts as complete."""
        FILE.write_text(json.dumps(asdict(self)))


def load() -> Sandbox | None:
    """The sandbox that is up; None when there is none or it never became complete."""
    try:
        content = json.loads(FILE.read_text())
    except (OSError, ValueError):
        return None
    return Sandbox(content["flavour"], content["kube"], tuple(content["images"]))
