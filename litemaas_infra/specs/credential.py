"""A credential: what opens a provider, kept once by LiteLLM for all models that name it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated, Any, ClassVar, Final

from pydantic import Field, SecretStr, model_validator

from litemaas_infra.specs.entity import Entity
from litemaas_infra.specs.needs import Problem
from litemaas_infra.specs.text import shaped
from litemaas_infra.specs.values import Extra, Name, Secret, SecretReference

FIELD: Final = "litellm_credential_name"
"""The field by which a model names one."""
_VALUES: Final = "values"


class CredentialSpec(Entity):
    """A credential as it is declared."""

    ID: ClassVar = "name"
    NAMES: ClassVar[Mapping[str, str]] = {"name": "credential_name", "info": "credential_info"}

    name: Annotated[Name, shaped(r"[^/]*", "a name without a /")]
    """What models name it by, in `litellm_credential_name`."""
    values: dict[Name, Secret] = Field(default={})
    """The litellm_params, api_key and api_base for instance, that it gives to those models; all secret."""
    value_secrets: dict[Name, SecretReference] = Field(default={})
    """Those of them that a Kubernetes Secret holds: [NAMESPACE/]SECRET/KEY, read when applied."""
    info: Extra = Field(default={})
    """What else LiteLLM is to keep of it: custom_llm_provider, for the admin UI."""
    adopt: bool = False
    """Whether a credential of this name that was made elsewhere is taken over."""

    @model_validator(mode="after")
    def _said_once(self) -> "CredentialSpec":
        if twice := sorted(self.values.keys() & self.value_secrets.keys()):
            raise Problem(
                "value_secrets", f"says {', '.join(twice)}, as values does; keep one of them"
            ).error()
        if not (self.values or self.value_secrets):
            raise Problem(_VALUES, "is not set, and a credential is nothing without").error()
        return self

    @property
    def fields(self) -> dict[str, Any]:
        """Its fields, as Pulumi keeps them, secrets in plain: the caller must mark them."""
        return {**super().fields, _VALUES: self.plain}

    @property
    def plain(self) -> dict[str, str]:
        """The values that are declared themselves."""
        return {name: value.get_secret_value() for name, value in self.values.items()}

    def holding(self, values: Mapping[str, str]) -> "CredentialSpec":
        """The credential with what its references mean in place of them."""
        hidden = {name: SecretStr(value) for name, value in values.items()}
        return self.model_copy(update={_VALUES: {**self.values, **hidden}, "value_secrets": {}})


@dataclass(frozen=True)
class Credential:
    """A credential as LiteLLM has stored it."""

    name: str
    values: Mapping[str, Any] = field(repr=False)
    info: Mapping[str, Any]

    def differing(self, wanted: CredentialSpec) -> list[str]:
        """The names of the values that it has otherwise than wanted, or has too many."""
        plain = wanted.plain
        return sorted(name for name in {*self.values, *plain} if self.values.get(name) != plain.get(name))

    def is_as(self, wanted: CredentialSpec) -> bool:
        """Whether nothing of it is other than wanted."""
        return not self.differing(wanted) and self.info == wanted.info

    def keeps_more(self, wanted: CredentialSpec) -> bool:
        """Whether something has to be taken back from it, which LiteLLM can't do to one that is there."""
        return not self.values.keys() <= wanted.values.keys() or bool(self.info and not wanted.info)
