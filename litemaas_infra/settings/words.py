"""What pydantic finds wrong with a value, in words that fit after the name of what holds it."""

from typing import Final

from pydantic_core import ErrorDetails

_WORDS: Final = {
    "missing": "is not set",
    "string_too_short": "is empty",
    "too_short": "is empty",
    "string_type": "is not text",
    "bool_parsing": "is neither true nor false",
    "bool_type": "is neither true nor false",
    "int_parsing": "is not a whole number",
    "int_type": "is not a whole number",
    "int_from_float": "is not a whole number",
    "float_parsing": "is not a number",
    "float_type": "is not a number",
    "list_type": "is not a list",
    "dict_type": "is not a map of names to values",
    "model_type": "is not a model, which has a model_name, a litellm_model and more",
}

Way = tuple[str | int, ...]
"""The way to a value: the keys and places that lead there from the top."""


def location(detail: ErrorDetails) -> Way:
    """What the error is about: what was checked, or the field of it that a check of ours names."""
    field = (str(detail["ctx"]["field"]),) if detail["type"] == "of_field" else ()
    return (*detail["loc"], *field)


def problem(detail: ErrorDetails) -> str:
    """What is wrong, without the value itself: someone may have put a key there."""
    message = detail["msg"].removeprefix("Value error, ").removeprefix("Input ")
    return _WORDS.get(detail["type"], message[:1].lower() + message[1:])
