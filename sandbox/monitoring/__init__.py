"""What rules and ServiceMonitors are checked with: Prometheus' promtool, and its operator's definitions."""

import shutil
import subprocess
from pathlib import Path
from typing import TextIO

from sandbox.artifacts import Artifact

MODULE = Path(__file__).parent / "tools"
COMMAND = "github.com/prometheus/prometheus/cmd/promtool"
OPERATOR = "github.com/prometheus-operator/prometheus-operator"
DEFINITIONS = ("servicemonitors", "prometheusrules")
_PUBLISHED = "example/prometheus-operator-crd/monitoring.coreos.com_{plural}.yaml"

_NO_CLOUDS = "remove_all_sd"
"""Leaves out the clients of every cloud in which a Prometheus may look for what it watches."""


def build(folder: Path, log: TextIO) -> None:
    """Put `promtool` into the folder, and the definitions into its folder `crds`."""
    target = str(folder / "promtool")
    smaller = ("-trimpath", "-buildvcs=false", "-tags", _NO_CLOUDS, "-ldflags", "-s -w")
    _go(log, "build", *smaller, "-o", target, COMMAND)
    _go(log, "mod", "download", OPERATOR)
    operator = Path(_go(log, "list", "-m", "-f", "{{.Dir}}", OPERATOR).strip())
    (folder / "crds").mkdir()
    for plural in DEFINITIONS:
        shutil.copyfile(operator / _PUBLISHED.format(plural=plural), folder / "crds" / f"{plural}.yaml")


def _go(log: TextIO, *arguments: str) -> str:
    done = subprocess.run(
        ["go", *arguments], cwd=MODULE, stdout=subprocess.PIPE, stderr=log, text=True, check=True
    )
    return done.stdout


PROMTOOL = Artifact("promtool", (MODULE, Path(__file__)), build)
"""`promtool`, and the definitions in `crds`, of the versions that go.mod names."""
