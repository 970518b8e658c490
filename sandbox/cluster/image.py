"""Images that a sandbox has only when they are asked for: LiteLLM of other versions."""

from collections.abc import Sequence

from sandbox.artifacts import Artifact, ensure
from sandbox.cluster import images, state
from sandbox.cluster.errors import SandboxError
from sandbox.cluster.progress import Progress
from sandbox.images import IMAGES
from sandbox.images.litellm import VERSIONS, litellm_image
from sandbox.images.tools.commands import CommandError
from sandbox.paths import RUN


def litellm(versions: Sequence[str], progress: Progress) -> None:
    """Gives pods of the running sandbox LiteLLM of these versions, or of every one it can build.

    Raises SandboxError, BuildError.
    """
    unknown = [version for version in versions if version not in VERSIONS]
    if unknown:
        raise SandboxError(f"it cannot build LiteLLM {', '.join(unknown)}; it can: {', '.join(VERSIONS)}")
    if state.load() is None:
        raise SandboxError("no sandbox is up; start one with `sandbox/sandbox up`")
    given = {image.name for image in IMAGES}
    for image in map(litellm_image, versions or VERSIONS):
        if image.name not in given:
            _give(image, progress)


def _give(image: Artifact, progress: Progress) -> None:
    with progress.step(f"Building {image.name}", image.log.parent):
        ensure(image)
    with progress.step(f"Unpacking {image.name}"):
        try:
            images.add(image, RUN / "containerd.sock")
        except CommandError as error:
            raise SandboxError(f"{image.name} is built, but {error}; see {image.log}") from error
