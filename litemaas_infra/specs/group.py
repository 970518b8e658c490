"""What a stack's settings, and every group of settings among them, have in common."""

from pydantic import BaseModel, ConfigDict, model_validator
from pydantic.alias_generators import to_camel


class Group(BaseModel):
    """Settings under the names that Pulumi has them by. Unknown ones are refused; no error shows a value."""

    model_config = ConfigDict(
        alias_generator=to_camel,
        extra="forbid",
        frozen=True,
        hide_input_in_errors=True,
        use_attribute_docstrings=True,
    )

    @model_validator(mode="before")
    @classmethod
    def _unset(cls, values: object) -> object:
        # Pulumi knows no optional setting: one that Pulumi.yaml gives an empty default is not set.
        return {k: v for k, v in values.items() if v != ""} if isinstance(values, dict) else values
