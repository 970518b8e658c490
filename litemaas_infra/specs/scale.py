"""How many replicas of the gateway share the work."""

from typing import Annotated

from pydantic import Field, ValidationInfo, field_validator

from litemaas_infra.specs.group import Group

_MOST = 50
"""Each replica holds ten connections to the database."""


class Scale(Group):
    """The gateway's replicas: a fixed number of them, or as many between two as their work takes."""

    replicas: Annotated[int, Field(gt=0, le=_MOST)] = 1
    """Replicas of the gateway; the fewest, where they are scaled."""
    max_replicas: Annotated[int | None, Field(gt=0, le=_MOST)] = None
    """The most, made as the gateway's work takes them; it is not scaled unless set."""
    cpu: Annotated[int, Field(gt=0, le=100)] = 70
    """Percent of a CPU that a replica uses on average before there is one more."""

    @field_validator("max_replicas")
    @classmethod
    def _more(cls, most: int | None, info: ValidationInfo) -> int | None:
        fewest = info.data.get("replicas", 1)
        if most is not None and most <= fewest:
            raise ValueError(f"is {most}, and is to be more than replicas, which is {fewest}")
        return most

    @property
    def most(self) -> int:
        """The most replicas that are wanted at a time."""
        return self.max_replicas or self.replicas
