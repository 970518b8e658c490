"""The Ingress controller of the flavour `plain`: Traefik's own command, built of Go modules alone."""

import subprocess
from pathlib import Path
from typing import TextIO

from sandbox.artifacts import Artifact

MODULE = Path(__file__).parent / "traefik"
COMMAND = "github.com/traefik/traefik/v3/cmd/traefik"


def build(folder: Path, log: TextIO) -> None:
    """Put `traefik` into the folder, without its dashboard, whose pages are no part of the module."""
    target = str(folder / "traefik")
    command = ["go", "build", "-trimpath", "-buildvcs=false", "-ldflags", "-s -w", "-o", target, COMMAND]
    subprocess.run(command, cwd=MODULE, stdout=log, stderr=log, check=True)


TRAEFIK = Artifact("traefik", (MODULE, Path(__file__)), build)
"""`traefik`, of the version that go.mod names."""
