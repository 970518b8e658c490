"""Figures derived from samples: what is compared with what."""

from itertools import pairwise
from typing import Final

from benchmarks.samples import ANSIBLE, FLOOR, OURS, PULUMI, Results

WINDOW: Final = 10
"""Writes that one figure of LiteLLM's speed is taken over."""


def ansible(results: Results, operation: str, models: int) -> float | None:
    """The role's seconds; beyond what was measured, in proportion to the most models that were."""
    largest = max(results.sizes(ANSIBLE), default=0)
    if not is_extrapolated(results, models):
        return results.typical(ANSIBLE, operation, models)
    seconds = results.typical(ANSIBLE, operation, largest)
    return seconds * models / largest if seconds is not None else None


def is_extrapolated(results: Results, models: int) -> bool:
    """Whether the role was measured, but not with so many models."""
    measured = results.sizes(ANSIBLE)
    return bool(measured) and models > max(measured)


def both_floors(results: Results, operation: str, models: int) -> float | None:
    """LiteLLM's floor and Pulumi's together."""
    return added(results.typical(FLOOR, operation, models), results.typical(PULUMI, operation, models))


def added(one: float | None, other: float | None) -> float | None:
    """The sum of what is known."""
    return None if one is None or other is None else one + other


def ratio(above: float | None, below: float | None) -> float | None:
    """One in terms of the other."""
    return None if above is None or not below else above / below


def pace(results: Results) -> dict[int, float]:
    """LiteLLM's milliseconds for registering one more model, by the number of models it has by then."""
    registered = [s for s in results.samples if s.way == FLOOR and s.operation == "register" and s.written]
    if not registered:
        return {}
    times = [0.0, *max(registered, key=lambda s: s.models).written][::WINDOW]
    return {
        (number + 1) * WINDOW: 1000 * (after - before) / WINDOW
        for number, (before, after) in enumerate(pairwise(times))
    }


def memory(results: Results, models: int) -> dict[str, float]:
    """The peak of the provider's memory over a whole life, in MiB, by way."""
    return {
        way: max(s.provider_mib or 0 for s in results.samples if (s.way, s.models) == (way, models))
        for way in (OURS, PULUMI)
        if results.typical(way, "register", models) is not None
    }
