"""Bringing the sandbox up: check, build, start, and make it look like its flavour."""

import shutil
import signal
from collections.abc import Iterable, Sequence
from itertools import chain
from os import getpid
from pathlib import Path
from time import monotonic

from sandbox import engine
from sandbox.artifacts import Artifact, ensure
from sandbox.cluster import (
    images,
    model_endpoint,
    packages,
    platform,
    prerequisites,
    processes,
    start,
    state,
    status,
)
from sandbox.cluster.down import down, end, traces
from sandbox.cluster.errors import SandboxError
from sandbox.cluster.images import STORE
from sandbox.cluster.kubectl import Kubectl
from sandbox.cluster.lock import exclusively
from sandbox.cluster.names import API, APPS_DOMAIN
from sandbox.cluster.progress import Progress
from sandbox.engine import ENGINE
from sandbox.images import IMAGES
from sandbox.images.litellm import VERSIONS, litellm_image
from sandbox.ingress import TRAEFIK
from sandbox.kubernetes import KUBE
from sandbox.monitoring import PROMTOOL
from sandbox.paths import RUN

ARTIFACTS = (KUBE, ENGINE, *IMAGES, STORE)
OF_FLAVOUR = {"plain": (TRAEFIK,)}
"""What only one flavour is made of."""


def up(flavour: str, progress: Progress) -> None:
    """Leaves a healthy sandbox of this flavour running, or nothing. Raises SandboxError, BuildError."""
    with exclusively():
        if _is_up(flavour):
            progress.say(f"The sandbox is up already, flavour {flavour}.{_outdated(flavour)}")
            return
        _check(_unbuilt(flavour), progress)
        try:
            _bring_up(flavour, progress)
        except BaseException:
            _clean_up(progress)
            raise


def build(progress: Progress) -> None:
    """Builds ahead whatever a sandbox or its tests may need, beside any that is up. Raises as `up` does."""
    every = [*ARTIFACTS, *map(litellm_image, VERSIONS), *chain.from_iterable(OF_FLAVOUR.values()), PROMTOOL]
    wanted = _missing({artifact.name: artifact for artifact in every}.values())
    _check(wanted, progress)
    try:
        _build(wanted, progress)
    except BaseException:
        end(processes.descendants(getpid()))
        raise


def _is_up(flavour: str) -> bool:
    sandbox = state.load()
    if sandbox is None or not any(process.alive for process in processes.noted(RUN)):
        return False
    if sandbox.flavour != flavour:
        raise SandboxError(
            f"a sandbox of flavour {sandbox.flavour} is up; `sandbox down` first ends it, state and all"
        )
    problems = status.problems()
    if problems:
        raise SandboxError(
            f"the sandbox is up but not well: {'; '.join(problems)}. `sandbox down` and `up` renew it"
        )
    return True


def _note(flavour: str) -> state.Sandbox:
    return state.Sandbox(flavour, str(KUBE.folder), tuple(str(image.folder) for image in IMAGES))


def _outdated(flavour: str) -> str:
    same = state.load() == _note(flavour)
    return "" if same else " It runs what was built from other sources; `sandbox down` and `up` renew it."


def _bring_up(flavour: str, progress: Progress) -> None:
    _build(_unbuilt(flavour), progress)
    if traces():
        with progress.step("Removing what an interrupted sandbox left"):
            _remove(progress)
    began = monotonic()
    RUN.mkdir(parents=True)
    with progress.step("Preparing Pulumi"):
        engine.prepare(ENGINE.folder, RUN)
    _start(flavour, progress)
    progress.say(_summary(flavour, monotonic() - began))


def _unbuilt(flavour: str) -> list[Artifact]:
    return _missing([*ARTIFACTS, *OF_FLAVOUR.get(flavour, ())])


def _missing(wanted: Iterable[Artifact]) -> list[Artifact]:
    return [artifact for artifact in wanted if not artifact.folder.is_dir()]


def _check(unbuilt: Sequence[Artifact], progress: Progress) -> None:
    lacking = prerequisites.lacking(building=bool(unbuilt))
    if lacking:
        raise SandboxError("this machine lacks:\n" + "\n".join(f"  {line}" for line in lacking))
    names = packages.missing()
    if names:
        with progress.step(f"Installing Debian packages: {' '.join(names)}"):
            packages.install(names)


def _build(unbuilt: Sequence[Artifact], progress: Progress) -> None:
    for number, artifact in enumerate(unbuilt, 1):
        with progress.step(f"Building {artifact.name}, {number} of {len(unbuilt)}", artifact.log.parent):
            ensure(artifact)


def _start(flavour: str, progress: Progress) -> None:
    kube = KUBE.folder / "kube"
    with progress.step("Starting the cluster, from nothing to node Ready") as step:
        start.prepare(RUN, packages.plugins() or Path())
        images.provide(STORE.folder, RUN / "containerd" / "root")
        cluster = start.control_plane(kube, RUN, step)
        start.node(kube, RUN, cluster, step)
    with progress.step(f"Making it look like its platform, flavour {flavour}") as step:
        platform.lay(Kubectl(kube, RUN), cluster, flavour, RUN, step)
        start.settle(cluster, RUN, step)
    with progress.step("Starting the model endpoint") as step:
        model_endpoint.deploy(Kubectl(kube, RUN), cluster, RUN, step)
    _note(flavour).save()


def _clean_up(progress: Progress) -> None:
    """Ends builds and removes what was started; a second interrupt must not stop it halfway."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    end(processes.descendants(getpid()))
    if (RUN / "log").exists():
        shutil.rmtree(start.KEPT_LOGS, ignore_errors=True)
        shutil.copytree(RUN / "log", start.KEPT_LOGS, ignore=shutil.ignore_patterns("pods"))
    _remove(progress)


def _remove(progress: Progress) -> None:
    for problem in down():
        progress.say(f"could not remove: {problem}")


def _summary(flavour: str, seconds: float) -> str:
    return (
        f"The sandbox is up after {seconds:.0f} s: flavour {flavour}, API {API}, apps below {APPS_DOMAIN}.\n"
        "Run a command in it:  sandbox/sandbox run kubectl get nodes"
    )
