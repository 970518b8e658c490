"""Every setting, with its meaning, its default and what is refused."""

import json
import re
from typing import Annotated

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationInfo,
    field_validator,
    model_validator,
)
from pydantic.alias_generators import to_camel

from litemaas_infra.names import PROJECT
from litemaas_infra.specs.advisories import refusal
from litemaas_infra.specs.model import Endpoint, ModelSpec
from litemaas_infra.specs.text import shaped

POSTGRES_IMAGE = "public.ecr.aws/docker/library/postgres:16-bookworm"
LITELLM_IMAGE = "ghcr.io/berriai/litellm-non_root:v{version}"


_FIRST = {"models": "models[0].model_name", "accepted_risks": "acceptedRisks[0]"}


def _decoded(value: object, info: ValidationInfo) -> object:
    """Pulumi hands lists over as JSON."""
    try:
        found = json.loads(value) if isinstance(value, str) else value
    except ValueError:
        found = None
    if isinstance(found, (list, tuple, set, frozenset)):
        return found
    first = f"{PROJECT}:{_FIRST[str(info.field_name)]}"
    raise ValueError(f"is not a list; begin it with: pulumi config set --path '{first}' VALUE")


def _address(value: str) -> str:
    host, _, port = value.rpartition(":")
    if not re.fullmatch(r"[^\s:/@]+", host) or not port.isdecimal() or not 0 < int(port) < 2**16:
        raise ValueError("is not HOST:PORT, postgres.example.com:5432 for instance")
    return value


Label = Annotated[
    str,
    shaped(
        r"[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?",
        "a name of small letters, digits and dashes, litemaas for instance",
    ),
]
Quantity = Annotated[str, shaped(r"[1-9][0-9]*(Mi|Gi|Ti)", "a size in Mi, Gi or Ti, 10Gi for instance")]
Image = Annotated[
    str, shaped(r"\S+[:@]\S+", "an image with its tag or digest, quay.io/someone/postgres:16 for instance")
]
Version = Annotated[str, shaped(r"\d+\.\d+\.\d+", "a version of three numbers, 1.108.7 for instance")]


class Settings(BaseModel):
    """The settings of a stack, under the names `pulumi config set` takes, without their `litemaas:`."""

    model_config = ConfigDict(
        alias_generator=to_camel,
        extra="forbid",
        frozen=True,
        hide_input_in_errors=True,
        use_attribute_docstrings=True,
    )

    namespace: Label = "litemaas"
    """Namespace that everything is deployed to."""
    context: str | None = None
    """kubeconfig context; the current one unless set."""
    storage_class: Annotated[str, Field(min_length=1)]
    """StorageClass of the database's volume: gp3-csi on AWS, ODF's on CNV."""
    storage_size: Quantity = "10Gi"
    """Size of the database's volume; it can grow, never shrink."""
    accepted_risks: Annotated[frozenset[str], BeforeValidator(_decoded)] = frozenset()
    """Advisories, by CVE number, of a holed litellmVersion that are accepted knowingly."""
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

    @field_validator("litellm_version")
    @classmethod
    def _safe(cls, version: str, info: ValidationInfo) -> str:
        reason = refusal(version, info.data.get("accepted_risks", frozenset()))
        if reason:
            raise ValueError(reason)
        return version

    @field_validator("models")
    @classmethod
    def _names_once(cls, models: tuple[ModelSpec, ...]) -> tuple[ModelSpec, ...]:
        listed = [model.model_name for model in models]
        twice = next((index for index, name in enumerate(listed) if name in listed[:index]), None)
        if twice is not None:
            raise ValueError(
                f"{listed[twice]} is listed more than once, and each model_name is one model; "
                f"pulumi config rm --path '{PROJECT}:models[{twice}]'"
            )
        return models
