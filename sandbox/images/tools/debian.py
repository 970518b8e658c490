"""Root file systems of Debian packages, from the mirrors that this machine's apt uses."""

import shutil
import subprocess
from functools import partial
from pathlib import Path
from typing import TextIO

from sandbox.artifacts import Artifact
from sandbox.images.tools import TOOLS
from sandbox.images.tools.archive import write_layer
from sandbox.images.tools.commands import CommandError, run, step
from sandbox.images.tools.python import compile_bytecode

RELEASE = "bookworm"
SUITES = (RELEASE, f"{RELEASE}-updates", f"{RELEASE}-security")
LAYER = "layer.tar"
"""The file that every artifact made of one image layer holds."""

SOURCE_FORMAT = "deb $(REPO_URI) $(RELEASE) $(COMPONENT)"
UNNEEDED = (
    "etc/apt",
    "usr/lib/systemd",
    "usr/lib/x86_64-linux-gnu/gconv",
    *(
        f"usr/share/{name}"
        for name in ("bash-completion", "bug", "doc", "doc-base", "info", "lintian", "locale")
    ),
    *(f"usr/share/{name}" for name in ("man", "menu", "perl", "perl5", "pixmaps")),
    *(f"var/{name}" for name in ("cache", "lib/apt", "lib/dpkg", "log")),
)
"""Documentation, translations and the package manager's own records: nothing that a container reads."""


def root_layer(name: str, *packages: str) -> Artifact:
    """The files of these packages and what they depend on, as a layer; no package manager inside."""
    return Artifact(name, (TOOLS, RELEASE, *packages), partial(_build, packages))


def _build(packages: tuple[str, ...], folder: Path, log: TextIO) -> None:
    root = folder / "root"
    step(log, f"unpacking Debian {RELEASE} packages: {', '.join(packages)}")
    run(log, *_mmdebstrap(packages, root))
    for path in UNNEEDED:
        shutil.rmtree(root / path, ignore_errors=True)
    _complete(root)
    for library in root.glob("usr/lib/python3.*"):
        compile_bytecode(root, f"/{library.relative_to(root)}", log)
    step(log, "packing the layer")
    write_layer(folder / LAYER, root, log)
    shutil.rmtree(root)


def _mmdebstrap(packages: tuple[str, ...], root: Path) -> list[str | Path]:
    # Variant extract: the packages' files only; no maintainer script runs, so none can fail or differ.
    command = ["mmdebstrap", "--quiet", "--mode=root", "--variant=extract", f"--include={','.join(packages)}"]
    command += [
        '--aptopt=APT::Install-Recommends "false"',
        "--hook-dir=/usr/share/mmdebstrap/hooks/merged-usr",
    ]
    return [*command, RELEASE, root, *sources()]


def sources() -> list[str]:
    """The lines of sources.list for our release, with apt's own mirrors. Raises CommandError."""
    listed = subprocess.run(
        ["apt-get", "indextargets", "--format", SOURCE_FORMAT], capture_output=True, text=True, check=True
    )
    lines = sorted(
        {line for line in listed.stdout.splitlines() if line.split()[2:] in [[s, "main"] for s in SUITES]}
    )
    if not lines:
        raise CommandError(f"apt knows no mirror of Debian {RELEASE}: add one to /etc/apt/sources.list")
    return lines


def _complete(root: Path) -> None:
    # Without maintainer scripts nobody has made these: every Unix's folders, the names libc looks up.
    for path in ("dev", "home", "proc", "root", "run", "sys", "tmp", "var/tmp"):
        (root / path).mkdir(parents=True, exist_ok=True)
    for path in ("tmp", "var/tmp"):
        (root / path).chmod(0o1777)
    for name in ("run", "lock"):
        shutil.rmtree(root / "var" / name, ignore_errors=True)
    (root / "var/run").symlink_to("/run")
    (root / "var/lock").symlink_to("/run/lock")
    etc = root / "etc"
    (etc / "passwd").write_text(
        "root:x:0:0:root:/root:/bin/bash\nnobody:x:65534:65534::/nonexistent:/bin/false\n"
    )
    (etc / "group").write_text("root:x:0:\nnogroup:x:65534:\n")
    (etc / "nsswitch.conf").write_text("passwd: files\ngroup: files\nhosts: files dns\n")
