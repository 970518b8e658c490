"""The Pulumi command and the SDK's launcher scripts, built from Go modules alone."""

import json
import shutil
import subprocess
from pathlib import Path
from typing import TextIO

MODULE = Path(__file__).parent / "cli"
COMMAND = "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi"
SDK = "github.com/pulumi/pulumi/sdk/v3"
SCRIPTS = ("python/dist/pulumi-resource-pulumi-python", "python/cmd/pulumi-language-python-exec")
"""The dynamic-provider launcher and the program runner, as they lie in the SDK's module."""


def build(folder: Path, log: TextIO) -> None:
    """Put `pulumi` and the SDK's two scripts into `folder`/bin. Needs Go; five minutes from cold caches."""
    sdk = _module(SDK, log)
    stamp = f"-s -w -X {SDK}/go/common/version.Version={sdk['Version'].removeprefix('v')}"
    target = folder / "bin" / "pulumi"
    _go(["build", "-trimpath", "-buildvcs=false", "-ldflags", stamp, "-o", str(target), COMMAND], log)
    for script in SCRIPTS:
        shutil.copyfile(Path(sdk["Dir"], script), target.with_name(Path(script).name))
        target.with_name(Path(script).name).chmod(0o755)


def _module(name: str, log: TextIO) -> dict[str, str]:
    answer: dict[str, str] = json.loads(_go(["mod", "download", "-json", f"{name}@{_pinned(name)}"], log))
    return answer


def _pinned(name: str) -> str:
    for line in (MODULE / "go.mod").read_text().splitlines():
        words = line.split()
        if words[:1] == [name]:
            return words[1]
    raise LookupError(f"{MODULE / 'go.mod'} does not pin {name}")


def _go(arguments: list[str], log: TextIO) -> str:
    command = ["go", *arguments]
    done = subprocess.run(command, cwd=MODULE, stdout=subprocess.PIPE, stderr=log, text=True, check=False)
    log.write(done.stdout)
    if done.returncode:
        raise RuntimeError(f"`{' '.join(command[:3])}` ended with exit code {done.returncode}")
    return done.stdout
