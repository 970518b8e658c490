"""The program that is the sandbox's cluster, and the definitions of the OpenShift resources it serves."""

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any, TextIO

import yaml

from sandbox.artifacts import Artifact
from sandbox.paths import CHECKOUT

SOURCE = CHECKOUT / "sandbox" / "kube"

_PUBLISHED = (
    "route/v1/zz_generated.crd-manifests/routes.crd.yaml",
    "config/v1/zz_generated.crd-manifests/0000_10_config-operator_01_ingresses.crd.yaml",
    "config/v1/zz_generated.crd-manifests/0000_10_config-operator_01_infrastructures-Default.crd.yaml",
)
_OAUTH = "com.github.openshift.api.oauth.v1."
_NO_COMPILER = "no compiler"
_PATCH_STRATEGY = "x-kubernetes-patch-strategy"  # a definition may not contain it


def _build(folder: Path, log: TextIO) -> None:
    if _compiler() == _NO_COMPILER:
        raise FileNotFoundError("there is no `go` on PATH; install Go 1.24 or newer")
    _go("build", "-trimpath", "-ldflags", _linking(), "-o", str(folder / "kube"), ".", log=log)
    # Clients go by these names, `oc` among them because that is what OpenShift's users type.
    for name in ("kubectl", "oc"):
        (folder / name).symlink_to("kube")
    _definitions(folder / "crds", Path(_module("github.com/openshift/api", "Dir")))


def _definitions(folder: Path, api: Path) -> None:
    folder.mkdir()
    for name in _PUBLISHED:
        shutil.copyfile(api / name, folder / Path(name).name)
    schemas = json.loads((api / "openapi" / "openapi.json").read_text())["definitions"]
    (folder / "oauthclients.crd.yaml").write_text(yaml.safe_dump(_oauth_client(schemas)))


def _oauth_client(schemas: dict[str, Any]) -> dict[str, Any]:
    """OpenShift serves OAuthClient without a definition, so one is made of its types' schema."""
    schema = _inlined(schemas[f"{_OAUTH}OAuthClient"], schemas)
    names = {"kind": "OAuthClient", "listKind": "OAuthClientList"}
    names |= {"plural": "oauthclients", "singular": "oauthclient"}
    version = {"name": "v1", "served": True, "storage": True, "schema": {"openAPIV3Schema": schema}}
    return {
        "apiVersion": "apiextensions.k8s.io/v1",
        "kind": "CustomResourceDefinition",
        "metadata": {"name": "oauthclients.oauth.openshift.io"},
        "spec": {"group": "oauth.openshift.io", "names": names, "scope": "Cluster", "versions": [version]},
    }


def _inlined(schema: Any, schemas: dict[str, Any]) -> Any:
    # A CustomResourceDefinition holds no references, and leaves metadata to the API server.
    if isinstance(schema, list):
        return [_inlined(item, schemas) for item in schema]
    if not isinstance(schema, dict):
        return schema
    target = schema.get("$ref", "").removeprefix("#/definitions/")
    if target:
        return _inlined(schemas[target], schemas) if target.startswith(_OAUTH) else {"type": "object"}
    return {key: _inlined(value, schemas) for key, value in schema.items() if key != _PATCH_STRATEGY}


def _linking() -> str:
    # Kubernetes learns its version from the linker; without it every component says v0.0.0.
    version = _module("k8s.io/kubernetes", "Version")
    major, minor, _ = version.removeprefix("v").split(".")
    known = {"gitVersion": version, "gitMajor": major, "gitMinor": minor}
    return " ".join(["-s -w", *(f"-X k8s.io/component-base/version.{k}={v}" for k, v in known.items())])


def _module(name: str, field: str) -> str:
    return _go("list", "-m", "-f", f"{{{{.{field}}}}}", name).strip()


def _go(*arguments: str, log: TextIO | None = None) -> str:
    """What `go` prints; into the log goes what it says while it works."""
    command = ["go", *arguments]
    return subprocess.run(
        command, cwd=SOURCE, check=True, stdout=subprocess.PIPE, stderr=log, text=True
    ).stdout


def _sources() -> tuple[Path, ...]:
    """All that the compiler reads: not the tests, nor a program built in place, which has no suffix."""
    files = (path for path in SOURCE.rglob("*") if path.suffix and path.is_file())
    return tuple(sorted(path for path in files if not path.name.endswith("_test.go")))


def _compiler() -> str:
    # A missing compiler is the build's to report: naming this artifact must not fail.
    return _go("version") if shutil.which("go") else _NO_COMPILER


KUBE = Artifact("kube", (*_sources(), Path(__file__), _compiler()), _build)
"""`kube`, its links `kubectl` and `oc`, and the folder `crds` that `kube definitions` reads."""
