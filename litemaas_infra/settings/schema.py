"""Every setting, with its meaning, its default and what is refused."""

import json
import re
from typing import Annotated, Self

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, model_validator
from pydantic.alias_generators import to_camel

from litemaas_infra.specs.advisories import refusal
from litemaas_infra.specs.model import Endpoint, ModelSpec

POSTGRES_IMAGE = "public.ecr.aws/docker/library/postgres:16-bookworm"
LITELLM_IMAGE = "ghcr.io/berriai/litellm-non_root:v{version}"


def _decoded(value: object) -> object:
    """Pulumi hands lists over as JSON."""
    if not isinstance(value, str):
        return value
    try:
        return json.loads(value)
    except ValueError:
        raise ValueError("is not a list; see README.md for how a list is set") from None


def _address(value: str) -> str:
    if not re.fullmatch(r"[^\s:/@]+:\d{1,5}", value):
        raise ValueError("is not HOST:PORT")
    return value


Label = Annotated[str, Field(pattern=r"^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$")]
Quantity = Annotated[str, Field(pattern=r"^[1-9][0-9]*(Mi|Gi|Ti)$")]
Image = Annotated[str, Field(pattern=r"^\S+[:@]\S+$")]
Version = Annotated[str, Field(pattern=r"^\d+\.\d+\.\d+$")]


class Settings(BaseModel):
    """The settings of a stack, under the names `pulumi config set` takes, without their `litemaas:`."""

    model_config = ConfigDict(
        alias_generator=to_camel, extra="forbid", frozen=True, hide_input_in_errors=True
    )

    namespace: Label = "litemaas"
    """Namespace that everything is deployed to."""
    context: str | None = None
    """kubeconfig context; the current one unless set."""
    storage_class: Annotated[str, Field(min_length=1)]
    """StorageClass of the database's volume: gp3-csi on AWS, ODF's on CNV."""
    storage_size: Quantity = "10Gi"
    """Size of the database's volume; it can grow, never shrink."""
    litellm_version: Version = "1.108.7"
    """LiteLLM's version; one with known holes is refused."""
    litellm_image: Image | None = None
    """Image of the gateway; LiteLLM's own of litellmVersion unless set."""
    postgres_image: Image = POSTGRES_IMAGE
    """Image of PostgreSQL 16."""
    gateway_url: Endpoint | None = None
    """Address of the gateway for registering models; its Route's unless set."""
    database_address: Annotated[str, AfterValidator(_address)] | None = None
    """HOST:PORT of PostgreSQL for registering models; a port-forward of the Kubernetes API unless set."""
    verify_tls: bool = True
    """Whether the gateway's certificate is checked; turning it off lets anyone in between read the keys."""
    protect_data: bool = False
    """Whether `pulumi destroy` is refused."""
    accepted_risks: Annotated[frozenset[str], BeforeValidator(_decoded)] = frozenset()
    """Advisories, by CVE number, of a holed litellmVersion that are accepted knowingly."""
    models: Annotated[tuple[ModelSpec, ...], BeforeValidator(_decoded)] = ()
    """The models the gateway serves."""

    @model_validator(mode="before")
    @classmethod
    def _unset(cls, values: object) -> object:
        # Pulumi knows no optional setting: one that Pulumi.yaml gives an empty default is not set.
        return {k: v for k, v in values.items() if v != ""} if isinstance(values, dict) else values

    @property
    def gateway_image(self) -> str:
        """The image of the gateway."""
        return self.litellm_image or LITELLM_IMAGE.format(version=self.litellm_version)

    @model_validator(mode="after")
    def _safe_version(self) -> Self:
        reason = refusal(self.litellm_version, self.accepted_risks)
        if reason:
            raise ValueError(f"litellmVersion: {reason}")
        return self

    @model_validator(mode="after")
    def _names_once(self) -> Self:
        listed = [model.model_name for model in self.models]
        twice = sorted({name for name in listed if listed.count(name) > 1})
        if twice:
            raise ValueError(
                f"models: {', '.join(twice)} is listed more than once; each model_name is one model"
            )
        return self
