"""The images that run in the sandbox, built from package registries under the very names the stacks use."""

from sandbox.artifacts import Artifact
from sandbox.images.litellm import LITELLM
from sandbox.images.litemaas import BACKEND, FRONTEND
from sandbox.images.model_endpoint import MODEL_ENDPOINT
from sandbox.images.open_webui import CHAT, TIKA
from sandbox.images.pause import PAUSE
from sandbox.images.postgres import POSTGRES
from sandbox.images.redis import REDIS

IMAGES: tuple[Artifact, ...] = (
    PAUSE,
    POSTGRES,
    REDIS,
    LITELLM,
    MODEL_ENDPOINT,
    BACKEND,
    FRONTEND,
    CHAT,
    TIKA,
)
"""Each one's folder holds one `image.tar` that containerd imports."""
