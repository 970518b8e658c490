"""Pulumi's commands on a program, as whole processes: started, awaited, and nothing of them left out."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Final

import yaml

from benchmarks.deployment import Deployment
from benchmarks.memory import ProviderMemory
from benchmarks.models import CHANGED_RPM, RPM
from benchmarks.ways.way import Told, Way

CHECKOUT: Final = Path(__file__).parents[2]
_STACK: Final = "benchmark"
_COMMANDS: Final = {
    "register": "up",
    "no-op": "up",
    "refresh": "refresh",
    "change": "up",
    "destroy": "destroy",
}


class Engine(Way):
    """A program of `benchmarks/programs` with a state of its own; each operation is one `pulumi` command."""

    def __init__(self, program: str, deployment: Deployment) -> None:
        self._namespace = deployment.namespace
        self.uses_gateway = program == "models"
        self._folder = tempfile.TemporaryDirectory(prefix="benchmark-")
        folder = Path(self._folder.name)
        (folder / "state").mkdir()
        (folder / "Pulumi.yaml").write_text(yaml.safe_dump(_project(program)))
        self._pulumi(0, RPM, "stack", "init", _STACK)

    def close(self) -> None:
        """Forget the program's state."""
        self._folder.cleanup()

    def run(self, operation: str, count: int) -> Told:
        """The operation's command, without a preview before it."""
        rpm = CHANGED_RPM if operation in ("change", "destroy") else RPM
        options = ("--stack", _STACK, "--yes", "--skip-preview")
        return Told(provider_mib=self._pulumi(count, rpm, _COMMANDS[operation], *options))

    def _pulumi(self, count: int, rpm: int, *arguments: str) -> float:
        """Run the command; gives its provider's peak of memory, in MiB."""
        with subprocess.Popen(
            ["pulumi", *arguments, "--non-interactive", "--cwd", self._folder.name],
            env=self._environment(count, rpm),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        ) as process:
            with ProviderMemory(process.pid) as memory:
                said, _ = process.communicate()
            if process.returncode:
                raise RuntimeError(f"pulumi {' '.join(arguments)} failed:\n{said[-5000:]}")
        return memory.peak_mib

    def _environment(self, count: int, rpm: int) -> dict[str, str]:
        # The authority of the cluster's Routes is found in the cluster, as on a user's machine.
        kept = {name: value for name, value in os.environ.items() if name != "SSL_CERT_FILE"}
        return {
            **kept,
            "PULUMI_BACKEND_URL": Path(self._folder.name, "state").as_uri(),
            "PYTHONPATH": str(CHECKOUT),
            "BENCHMARK_NAMESPACE": self._namespace,
            "BENCHMARK_MODELS": str(count),
            "BENCHMARK_RPM": str(rpm),
        }


def _project(program: str) -> dict[str, object]:
    return {
        "name": "benchmark",
        "main": str(CHECKOUT / "benchmarks" / "programs" / program),
        "runtime": {"name": "python", "options": {"virtualenv": sys.prefix}},
    }
