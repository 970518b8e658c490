"""Lengths of time on the command line."""

from typing import Final

import click
from pydantic import TypeAdapter, ValidationError

from litemaas_infra.specs.entity import Duration

_DURATION: Final = TypeAdapter[str](Duration)


def length(context: click.Context, parameter: click.Parameter, given: str | None) -> str | None:
    """The length of time that is given, if it is one."""
    try:
        return given and _DURATION.validate_python(given)
    except ValidationError:
        raise click.BadParameter("is not a length of time, 30d for instance", context, parameter) from None
