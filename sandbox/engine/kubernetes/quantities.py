"""Quantities as the API server writes them: "0.5" is "500m", "1024Mi" is "1Gi"."""

import re
from fractions import Fraction
from typing import Any

BINARY = ("", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei")
DECIMAL = {"n": -9, "u": -6, "m": -3, "": 0, "k": 3, "M": 6, "G": 9, "T": 12, "P": 15, "E": 18}
QUANTITY = re.compile(r"([+-]?(?:\d+\.?\d*|\.\d+))([numkMGTPE]|[KMGTPE]i)?")

AMOUNTS = frozenset({"requests", "limits", "hard", "capacity", "overhead", "default", "defaultRequest"})
"""Fields whose every value is a quantity."""

AMOUNT = frozenset({"sizeLimit", "divisor"})
"""Fields that are a quantity themselves."""


def canonical(quantity: Any) -> Any:
    """The quantity as the API server writes it; what is no quantity, or an unusual one, stays as it is."""
    match = QUANTITY.fullmatch(str(quantity))
    if isinstance(quantity, bool) or not match:
        return quantity
    number, suffix = Fraction(match[1]), match[2] or ""
    if suffix in BINARY[1:]:
        return _binary(number * 1024 ** BINARY.index(suffix))
    return _decimal(number * Fraction(10) ** DECIMAL[suffix])


def _binary(number: Fraction) -> str:
    if number.denominator != 1:
        return _decimal(number)
    whole, power = number.numerator, 0
    while whole and whole % 1024 == 0 and power + 1 < len(BINARY):
        whole, power = whole // 1024, power + 1
    return f"{whole}{BINARY[power]}"


def _decimal(number: Fraction) -> str:
    for suffix, power in reversed(DECIMAL.items()):
        scaled = number / Fraction(10) ** power
        if scaled.denominator == 1 and (scaled or not power):
            return f"{scaled.numerator}{suffix}"
    return str(float(number))


def canonical_amounts(value: Any) -> Any:
    """The object with every quantity in it as the API server writes it."""
    if isinstance(value, list):
        return [canonical_amounts(inner) for inner in value]
    if not isinstance(value, dict):
        return value
    return {name: _field(name, inner) for name, inner in value.items()}


def _field(name: str, value: Any) -> Any:
    if name in AMOUNT:
        return canonical(value)
    if name in AMOUNTS and isinstance(value, dict):
        return {key: canonical(amount) for key, amount in value.items()}
    return canonical_amounts(value)
