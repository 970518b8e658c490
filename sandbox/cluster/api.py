"""The few requests that `up` and `status` make to the cluster's API."""

import ssl
from pathlib import Path
from typing import Any, cast

import httpx

from sandbox.cluster.names import API, NODE


class Cluster:
    """The API as its administrator; usable from inside the sandbox's network only."""

    def __init__(self, run: Path) -> None:
        context = ssl.create_default_context(cafile=str(run / "pki" / "ca.crt"))
        context.load_cert_chain(run / "pki" / "admin.crt", run / "pki" / "admin.key")
        self._client = httpx.Client(base_url=API, verify=context, timeout=5, trust_env=False)

    def ready(self) -> bool:
        """Whether the API answers and has finished starting."""
        try:
            return self._client.get("/readyz").is_success
        except httpx.TransportError:
            return False

    def get(self, path: str) -> dict[str, Any] | None:
        """An object or a list; None when there is none (yet)."""
        try:
            answer = self._client.get(path)
        except httpx.TransportError:
            return None
        return cast("dict[str, Any]", answer.json()) if answer.is_success else None

    def node_ready(self) -> bool:
        """Whether the node takes pods."""
        return is_true("Ready", self.get(f"/api/v1/nodes/{NODE}"))

    def pods(self) -> list[dict[str, Any]]:
        """Every pod."""
        return list((self.get("/api/v1/pods") or {}).get("items", []))


def is_true(condition: str, thing: dict[str, Any] | None) -> bool:
    """Whether the object's status has this condition with status True."""
    conditions = (thing or {}).get("status", {}).get("conditions", [])
    return any(entry["type"] == condition and entry["status"] == "True" for entry in conditions)
