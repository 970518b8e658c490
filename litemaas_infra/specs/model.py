"""One model: what the gateway serves under a name, and what the backend tells its users about it."""

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationInfo, field_validator, model_validator
from pydantic import Secret as Hidden

from litemaas_infra.specs.needs import Problem, misplaced, missing, provider_of
from litemaas_infra.specs.values import (
    CalledModel,
    Cost,
    Extra,
    Limit,
    ModelEndpoint,
    ModelName,
    Name,
    ObjectReference,
    Secret,
    SecretReference,
    Short,
    Text,
    Tokens,
)

Availability = Literal["available", "unavailable"]
Mode = Literal[
    "chat",
    "completion",
    "responses",
    "embedding",
    "image_generation",
    "audio_transcription",
    "audio_speech",
    "rerank",
    "image_edit",
    "video_generation",
    "realtime",
    "batch",
    "ocr",
    "anthropic_messages",
    "moderation",
]

PROVABLE = (None, "chat", "completion", "embedding")
"""The modes of models that can be asked for one token, or one vector."""


class ModelSpec(BaseModel):
    """A model under the names that the models files of LiteMaaS, and LiteLLM, use."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, hide_input_in_errors=True, use_attribute_docstrings=True
    )

    model_name: ModelName
    """The name users ask for; also the row's id in the backend."""
    deployment: Name | None = None
    """Tells a further deployment under one model_name, which shares its requests, from the first."""
    litellm_model: CalledModel
    """What LiteLLM calls: `provider/model`, `openai/...` for any OpenAI-compatible endpoint.

    A name without a provider is one that LiteLLM knows.
    """

    api_base: ModelEndpoint | None = None
    """URL of the endpoint, with its `/v1` where it has one."""
    inference_service: ObjectReference | None = None
    """NAMESPACE/NAME of a KServe InferenceService whose URL is the api_base."""
    api_key: Secret | None = None
    """The endpoint's key; `os.environ/NAME` names a variable of the gateway's pod instead."""
    api_key_secret: SecretReference | None = None
    """[NAMESPACE/]SECRET/KEY: the Kubernetes Secret that holds the key, read when applied."""
    litellm_credential_name: Name | None = None
    """The credential of `credentials` that gives it what it does not say itself: api_key, api_base, ..."""
    api_version: Short | None = None
    """Azure's API version."""
    organization: Short | None = None
    """OpenAI's organization."""
    aws_region_name: Short | None = None
    """Bedrock's region."""
    aws_access_key_id: Secret | None = None
    """Bedrock's access key; the gateway pod's own identity unless given."""
    aws_secret_access_key: Secret | None = None
    """What belongs to the access key."""
    vertex_project: Short | None = None
    """Vertex AI's project."""
    vertex_location: Short | None = None
    """Vertex AI's region."""
    vertex_credentials: Secret | None = None
    """The service account's JSON; the gateway pod's own identity unless given."""

    rpm: Limit | None = None
    """Requests per minute; none is unlimited."""
    tpm: Limit | None = None
    """Tokens per minute; none is unlimited."""
    input_cost_per_token: Cost | None = None
    """Dollars; LiteLLM's own price unless given."""
    output_cost_per_token: Cost | None = None
    """Dollars; LiteLLM's own price unless given."""
    params: Extra = Field(default={})
    """Any further litellm_params: temperature, timeout, max_tokens, weight, ..."""
    secret_params: Hidden[Extra] = Field(default_factory=lambda: Hidden[Extra]({}))
    """Further litellm_params that are secret: extra_headers with a login, for instance."""

    mode: Mode | None = None
    """What the model is for; LiteLLM takes chat unless it knows the model."""
    context_length: Tokens | None = None
    """Context window, in tokens."""
    supports_vision: bool | None = None
    """Whether it sees images; LiteLLM's own knowledge unless given, as of the next three."""
    supports_function_calling: bool | None = None
    supports_tool_choice: bool | None = None
    supports_parallel_function_calling: bool | None = None
    model_info: Extra = Field(default={})
    """Anything further that LiteLLM should tell of the model."""

    display_name: Name = Field(default="", validate_default=True)
    """What people read; the model_name unless given."""
    description: Text = "AI model"
    provider: Short = "openshift-ai"
    category: Short = "general"
    """general, code, chat, ..."""
    supports_streaming: bool = True
    availability: Availability = "available"
    restricted_access: bool = False
    """Whether the backend's users must be granted the model."""

    adopt: bool | Name = False
    """Take over a model of this name that was made elsewhere; its LiteLLM id where there are several."""
    discover: bool = True
    """Ask the endpoint whether it serves the model before registering it."""
    prove: bool = False
    """Ask the model for one token through the gateway after registering it."""
    force_delete: bool = False
    """Delete the row with the subscriptions and key grants that hold it, instead of retiring it."""

    @field_validator("display_name", mode="before")
    @classmethod
    def _named(cls, given: object, info: ValidationInfo) -> object:
        # A model_name that is wrong is told once, not for this one too.
        return given or info.data.get("model_name", "unnamed")

    @field_validator("params", "secret_params", "model_info")
    @classmethod
    def _no_field_of_its_own(cls, extra: Any) -> Any:
        names = extra.get_secret_value() if isinstance(extra, Hidden) else extra
        if problem := misplaced(names, cls.model_fields):
            raise problem.error()
        return extra

    @model_validator(mode="after")
    def _complete(self) -> "ModelSpec":
        given = {name for name in type(self).model_fields if getattr(self, name) is not None}
        extra = {*self.params, *self.secret_params.get_secret_value()}
        problem = missing(provider_of(self.litellm_model), given, extra)
        if self.prove and self.mode not in PROVABLE:
            problem = Problem("prove", f"cannot be done: a model of mode {self.mode} has no token to give")
        if problem:
            raise problem.error()
        return self
