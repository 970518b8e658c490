"""Pulumi's wire format: envelopes around secrets, and marks where a value is not known yet."""

from typing import Any

from google.protobuf import json_format, struct_pb2

SIGNATURE = "4dabf18193072939515e22adb298388d"
"""The key that makes an object an envelope; its value says of what."""

OF_SECRET = "1b47061264138c4ac30d75fd1eb44270"  # noqa: S105 - names a kind of envelope, opens nothing

UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9"
"""Stands for any value that a preview cannot know."""

UNKNOWNS = frozenset(
    {
        UNKNOWN,
        "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",  # a boolean
        "3eeb2bf0-c639-47a8-9e75-3b44932eb421",  # a number
        "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",  # a list
        "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",  # an object
    }
)


def decode(struct: struct_pb2.Struct) -> dict[str, Any]:
    """The structure as plain Python, envelopes included; whole numbers become integers again."""
    return {name: _value(value) for name, value in struct.fields.items()}


def _value(value: struct_pb2.Value) -> Any:
    match value.WhichOneof("kind"):
        case "struct_value":
            return decode(value.struct_value)
        case "list_value":
            return [_value(item) for item in value.list_value.values]
        case "number_value":
            number = value.number_value
            return int(number) if number.is_integer() else number
        case "string_value":
            return value.string_value
        case "bool_value":
            return value.bool_value
    return None


def encode(value: dict[str, Any]) -> struct_pb2.Struct:
    """The structure to send."""
    return json_format.ParseDict(value, struct_pb2.Struct())


def is_secret(value: Any) -> bool:
    """Whether the value is in a secret's envelope."""
    return isinstance(value, dict) and value.get(SIGNATURE) == OF_SECRET


def secret(value: Any) -> dict[str, Any]:
    """The value in a secret's envelope; one that is in it already stays as it is."""
    return value if is_secret(value) else {SIGNATURE: OF_SECRET, "value": value}


def reveal(value: Any) -> Any:
    """The value without envelopes; unknown values stay marked."""
    if is_secret(value):
        return reveal(value.get("value"))
    if isinstance(value, dict):
        return {name: reveal(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [reveal(inner) for inner in value]
    return value


def conceal(value: Any, like: Any) -> Any:
    """The value with envelopes wherever `like` has them."""
    if is_secret(like):
        return secret(value)
    if isinstance(value, dict) and isinstance(like, dict):
        return {name: conceal(inner, like.get(name)) for name, inner in value.items()}
    if isinstance(value, list) and isinstance(like, list):
        padded = [*like, *[None] * len(value)]
        return [conceal(inner, padded[index]) for index, inner in enumerate(value)]
    return value


def is_unknown(value: Any) -> bool:
    """Whether a preview does not know this very value."""
    return isinstance(value, str) and value in UNKNOWNS


def has_unknown(value: Any) -> bool:
    """Whether a preview does not know some value in here."""
    if isinstance(value, dict):
        return any(has_unknown(inner) for inner in value.values())
    if isinstance(value, list):
        return any(has_unknown(inner) for inner in value)
    return is_unknown(value)
