"""The cluster's own client, for what `up` lays down in it."""

import os
import subprocess
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import yaml

from sandbox.cluster.errors import SandboxError


class Kubectl:
    """Runs `kubectl` as administrator; this process must be in the sandbox's network."""

    def __init__(self, kube: Path, run: Path) -> None:
        self.kube = kube
        self._environment = {
            **os.environ,
            "KUBECONFIG": str(run / "admin.kubeconfig"),
            "KUBECACHEDIR": str(run / "kubectl"),
        }

    def apply(self, objects: str, *flags: str) -> None:
        """Applies a stream of YAML documents, server-side. Raises SandboxError."""
        if objects.strip():
            self._call("apply", "--server-side", *flags, "-f", "-", given=objects)

    def apply_all(self, objects: Iterable[Mapping[str, Any]]) -> None:
        """Applies objects given as plain data."""
        self.apply(yaml.safe_dump_all(map(dict, objects)))

    def wait(self, condition: str, *what: str, seconds: int) -> None:
        """Waits until the condition holds. Raises SandboxError when time is up."""
        self._call("wait", "--for", condition, "--timeout", f"{seconds}s", *what)

    def _call(self, *arguments: str, given: str = "") -> str:
        command = [str(self.kube), "kubectl", *arguments]
        done = subprocess.run(
            command, input=given, env=self._environment, capture_output=True, text=True, check=False
        )
        if done.returncode != 0:
            raise SandboxError(f"`kubectl {' '.join(arguments)}` failed: {done.stderr.strip()}")
        return done.stdout
