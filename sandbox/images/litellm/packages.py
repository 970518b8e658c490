"""LiteLLM's Python environment as a layer: the costly part of its image, built once per version."""

import shutil
from functools import partial
from pathlib import Path
from typing import TextIO

from sandbox.artifacts import Artifact, ensure
from sandbox.images.runtime import ROOT
from sandbox.images.tools import TOOLS
from sandbox.images.tools.archive import write_layer
from sandbox.images.tools.commands import inside, run, step
from sandbox.images.tools.debian import LAYER
from sandbox.images.tools.python import VERSION, compile_bytecode, install

HERE = Path(__file__).parent
VENV = Path("app/.venv")
SITE = VENV / f"lib/python{VERSION}/site-packages"
"""Where the real image has its packages too."""

ENGINE = "/app/query-engine/query-engine.js"
"""Where the layer above has Prisma's query engine."""

USED_AWS_SERVICES = ("bedrock*", "s3", "sagemaker*", "secretsmanager", "sts")
"""What LiteLLM calls of AWS; botocore describes 400 services in 28 MB."""


def packages_layer(version: str) -> Artifact:
    """A virtual environment with `requirements/{version}.txt` and Prisma's client for LiteLLM's schema."""
    requirements = HERE / "requirements" / f"{version}.txt"
    inputs = (TOOLS, ROOT.key, Path(__file__), HERE / "client_generator", requirements)
    return Artifact(f"layer-litellm-{version}", inputs, partial(_build, requirements))


def _build(requirements: Path, folder: Path, log: TextIO) -> None:
    root = folder / "root"
    root.mkdir()
    run(log, "tar", "-C", root, "-xf", ensure(ROOT) / LAYER)
    install(requirements, root / SITE, log)
    _make_venv(root)
    _remove_unneeded(root / SITE)
    _generate_client(root, log)
    _link_as_in_the_real_image(root)
    step(log, "compiling the Python packages")
    compile_bytecode(root, f"/{SITE}", log)
    step(log, "packing the layer")
    write_layer(folder / LAYER, root, log, members=("./app", "./var/lib/litellm"))
    shutil.rmtree(root)


def _make_venv(root: Path) -> None:
    venv = root / VENV
    (venv / "pyvenv.cfg").write_text(
        f"home = /usr/bin\nversion = {VERSION}\ninclude-system-site-packages = false\n"
    )
    (root / SITE / "bin").rename(venv / "bin")
    for script in (venv / "bin").iterdir():
        # pip wrote them for the interpreter that it ran in
        _, code = script.read_text().split("\n", maxsplit=1)
        script.write_text(f"#!/{VENV}/bin/python\n{code}")
    for name in ("python", "python3"):
        (venv / "bin" / name).symlink_to(f"/usr/bin/python{VERSION}")


def _remove_unneeded(site: Path) -> None:
    data = site / "botocore/data"
    used = {path for pattern in USED_AWS_SERVICES for path in data.glob(pattern)}
    for service in [path for path in data.iterdir() if path.is_dir() and path not in used]:
        shutil.rmtree(service)
    for tests in [path for path in site.rglob("tests") if path.is_dir()]:
        shutil.rmtree(tests, ignore_errors=True)


def _generate_client(root: Path, log: TextIO) -> None:
    """Let Prisma's own generator write the Python client, as the real image's build does."""
    step(log, "generating the Prisma client")
    generator = root / "tmp/client_generator"
    shutil.copytree(HERE / "client_generator", generator)
    run(log, "npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", cwd=generator)
    # The generator would download engines. Given some, it only runs them, and notes where the client's is.
    engine = root / ENGINE.lstrip("/")
    engine.parent.mkdir()
    engine.symlink_to("/bin/true")
    env = {
        "PATH": f"/{VENV}/bin:/usr/bin:/bin",
        "HOME": "/tmp",  # noqa: S108 - of the root file system that is thrown away
        "LANG": "C.UTF-8",
        "PYTHONDONTWRITEBYTECODE": "1",  # it would depend on the sources' times, which the layer doesn't keep
        "CHECKPOINT_DISABLE": "1",
        "PRISMA_QUERY_ENGINE_BINARY": ENGINE,
        "PRISMA_QUERY_ENGINE_LIBRARY": ENGINE,
        "PRISMA_SCHEMA_ENGINE_BINARY": ENGINE,
    }
    prisma = "/tmp/client_generator/node_modules/prisma/build/index.js"  # noqa: S108 - as above
    inside(log, root, "node", prisma, "generate", f"--schema=/{SITE}/litellm/proxy/schema.prisma", env=env)
    shutil.rmtree(engine.parent)


def _link_as_in_the_real_image(root: Path) -> None:
    package, state = Path("/") / SITE / "litellm", root / "var/lib/litellm"
    (root / "app/litellm").symlink_to(package)
    (root / "app/schema.prisma").symlink_to(package / "proxy/schema.prisma")
    (state / "assets").mkdir(parents=True)
    (state / "ui").symlink_to(package / "proxy/_experimental/out")
    # Tells LiteLLM that the UI needs no rewriting at start, which a read-only file system would prevent.
    (root / SITE / "litellm/proxy/_experimental/out/.litellm_ui_ready").touch()
