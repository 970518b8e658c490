"""How to reach the cluster that a kubeconfig names: address, trust and credentials."""

import base64
import os
import ssl
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import yaml

from sandbox.engine.kubernetes.credentials import credentials
from sandbox.engine.kubernetes.errors import UnreachableError

Section = dict[str, Any]


@dataclass(frozen=True)
class Access:
    """All that a client needs; keys and tokens stay out of its repr."""

    server: str
    namespace: str
    tls: ssl.SSLContext = field(repr=False)
    auth: httpx.Auth | None = field(repr=False)


@dataclass(frozen=True)
class Selection:
    """The cluster, user and namespace that a kubeconfig's context selects."""

    cluster: Section
    user: Section
    namespace: str
    folder: Path
    """What relative paths in the kubeconfig start from."""


def access(text: str, *, context: str = "", cluster: str = "") -> Access:
    """Access by a kubeconfig: contents, a path, or empty for the ambient one. Raises UnreachableError."""
    chosen = select(text, context=context, cluster=cluster)
    try:
        return Access(
            server=str(chosen.cluster["server"]).rstrip("/"),
            namespace=chosen.namespace,
            tls=_trust(chosen),
            auth=credentials(chosen.user, chosen.folder),
        )
    except (KeyError, ValueError, OSError) as error:
        raise UnreachableError(f"the kubeconfig cannot be used: {type(error).__name__}: {error}") from error


def select(text: str, *, context: str = "", cluster: str = "") -> Selection:
    """What the kubeconfig's context selects. Raises UnreachableError."""
    config, folder = _read(text)
    wanted = context or config.get("current-context")
    if not wanted:
        raise UnreachableError("the kubeconfig has no current context: set one, or the provider's `context`")
    entry = _named(config, "context", str(wanted))
    user = _named(config, "user", entry["user"]) if entry.get("user") else {}
    found = _named(config, "cluster", cluster or entry.get("cluster", ""))
    return Selection(found, user, entry.get("namespace") or "default", folder)


def _read(text: str) -> tuple[Section, Path]:
    text = text or os.environ.get("KUBECONFIG") or "~/.kube/config"
    if "\n" in text or text.lstrip().startswith("{"):
        return _parse(text, "the kubeconfig given to the provider"), Path()
    paths = [Path(entry).expanduser() for entry in text.split(os.pathsep) if entry]
    found = [path for path in paths if path.is_file()]
    if not found:
        raise UnreachableError(
            f"there is no kubeconfig at {text}: set KUBECONFIG or the provider's `kubeconfig`"
        )
    configs = [_parse(path.read_text(), str(path)) for path in found]
    return _merged(configs), found[0].parent


def _parse(text: str, origin: str) -> Section:
    try:
        config = yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise UnreachableError(f"{origin} is not YAML{_place(error)}") from None  # the rest would quote it
    if not isinstance(config, dict):
        raise UnreachableError(f"{origin} is not a kubeconfig")
    return config


def _place(error: yaml.YAMLError) -> str:
    mark = error.problem_mark if isinstance(error, yaml.MarkedYAMLError) else None
    return f": line {mark.line + 1}, column {mark.column + 1}" if mark else ""


def _merged(configs: list[Section]) -> Section:
    # As kubectl merges several files: of equal names the first wins.
    merged: Section = {}
    for config in configs:
        for key, value in config.items():
            if isinstance(value, list):
                merged[key] = [*merged.get(key, []), *value]
            elif value:
                merged.setdefault(key, value)
    return merged


def _named(config: Section, kind: str, name: str) -> Section:
    entries = config.get(f"{kind}s") or []
    for entry in entries:
        if entry.get("name") == name:
            return entry.get(kind) or {}
    known = ", ".join(str(entry.get("name")) for entry in entries) or "none"
    raise UnreachableError(f"the kubeconfig has no {kind} {name!r}; it has: {known}")


def _trust(chosen: Selection) -> ssl.SSLContext:
    tls = ssl.create_default_context(
        cadata=_pem(chosen.cluster, "certificate-authority", chosen.folder) or None
    )
    if chosen.cluster.get("insecure-skip-tls-verify"):
        tls.check_hostname, tls.verify_mode = False, ssl.CERT_NONE
    certificate = _pem(chosen.user, "client-certificate", chosen.folder)
    key = _pem(chosen.user, "client-key", chosen.folder)
    if certificate and key:
        with _in_memory(f"{certificate}\n{key}") as path:
            tls.load_cert_chain(path)
    return tls


def _pem(section: Mapping[str, Any], name: str, folder: Path) -> str:
    if encoded := section.get(f"{name}-data"):
        return base64.b64decode(encoded).decode()
    return (folder / section[name]).read_text() if section.get(name) else ""


@contextmanager
def _in_memory(text: str) -> Iterator[str]:
    # TLS reads a client's key from a file only; this one lives in memory and is never on a disk.
    handle = os.memfd_create("client-certificate")
    try:
        os.write(handle, text.encode())
        yield f"/proc/self/fd/{handle}"
    finally:
        os.close(handle)
