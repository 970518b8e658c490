"""Pulumi's configuration, as a running program finds it."""

from collections.abc import Iterator
from contextlib import contextmanager

from pulumi.runtime import config


@contextmanager
def configured(values: dict[str, str]) -> Iterator[None]:
    """Have these values, by their full names, until the block ends."""
    before = config.CONFIG.get()
    config.set_all_config(values)
    try:
        yield
    finally:
        config.set_all_config(before)
