"""Where a deployment is, as its resources keep it in state."""

from dataclasses import dataclass
from typing import Any, Self

from litemaas_infra.clients.way import Way


@dataclass(frozen=True)
class Site(Way):
    """A deployment's place, and what is made there otherwise than elsewhere."""

    backend: bool = False
    """Whether a LiteMaaS backend keeps the models' rows in step with the gateway."""
    database: str | None = None
    """Where the data is, if not on the stack's own server: at another place, all is made again."""

    @classmethod
    def of(cls, props: dict[str, Any]) -> Self:
        """The site a resource's properties name."""
        return cls(**props["site"])

    @property
    def props(self) -> dict[str, Any]:
        """The site as a property of a resource."""
        return {key: value for key, value in vars(self).items() if value is not None}
