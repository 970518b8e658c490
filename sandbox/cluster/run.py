"""Running a command inside the sandbox: its network, names and tools, else the machine's."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import NoReturn

from sandbox import engine
from sandbox.cluster import kernel, stacks, state, trust
from sandbox.cluster.errors import SandboxError
from sandbox.cluster.names import NETWORK_FILE
from sandbox.cluster.state import Sandbox
from sandbox.paths import CHECKOUT, RUN


def run(command: list[str]) -> NoReturn:
    """Becomes the command. Raises SandboxError when no sandbox is up or the command isn't found."""
    if not command:
        raise SandboxError("nothing to run; for example: sandbox/sandbox run kubectl get nodes")
    sandbox = enter()
    stacks.bind(CHECKOUT, RUN / "pulumi")
    _become(command, environment(os.environ, Path(sandbox.kube)))


def enter() -> Sandbox:
    """Moves this process into the sandbox's network, with its names. Raises SandboxError when none is up."""
    sandbox = state.load()
    if sandbox is None or not NETWORK_FILE.exists():
        raise SandboxError("no sandbox is up; start one with `sandbox/sandbox up`")
    kernel.enter_network(NETWORK_FILE)
    kernel.private_mounts()
    kernel.bind(RUN / "conf" / "resolv.conf", Path("/etc/resolv.conf"))
    return sandbox


def environment(present: Mapping[str, str], kube: Path) -> dict[str, str]:
    """The present variables and the sandbox's: its tools first on the PATH, its cluster, its authorities."""
    ours = engine.environment(RUN)
    trusting = {"CURL_CA_BUNDLE", "SSL_CERT_FILE", *({"REQUESTS_CA_BUNDLE"} & present.keys())}
    return {
        **_kept(present),
        **ours,
        "PATH": f"{kube}{os.pathsep}{ours['PATH']}",
        "KUBECONFIG": str(RUN / "admin.kubeconfig"),
        "KUBECACHEDIR": str(RUN / "kubectl"),
        **dict.fromkeys(trusting, str(trust.bundle(RUN))),
    }


def _kept(present: Mapping[str, str]) -> dict[str, str]:
    """All but the launcher's own PYTHONPATH entry, and a passphrase that would hide the sandbox's."""
    entries = [entry for entry in present.get("PYTHONPATH", "").split(os.pathsep) if entry != str(CHECKOUT)]
    dropped = {"PYTHONPATH", "PULUMI_CONFIG_PASSPHRASE"}
    kept = {name: value for name, value in present.items() if name not in dropped}
    return kept | ({"PYTHONPATH": os.pathsep.join(entries)} if any(entries) else {})


def _become(command: list[str], variables: Mapping[str, str]) -> NoReturn:
    try:
        os.execvpe(command[0], command, variables)  # noqa: S606 - no shell is wanted
    except FileNotFoundError:
        raise SandboxError(
            f"{command[0]}: command not found, neither in the sandbox nor on the PATH"
        ) from None
    except PermissionError:
        raise SandboxError(f"{command[0]}: permission denied") from None
