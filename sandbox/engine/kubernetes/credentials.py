"""How a kubeconfig's user proves who it is: a token, a password, or a program that hands out tokens."""

import json
import os
import subprocess
import threading
from collections.abc import Generator
from pathlib import Path
from typing import Any

import httpx

from sandbox.engine.kubernetes.errors import UnreachableError

UNAUTHORIZED = 401


def credentials(user: dict[str, Any], folder: Path) -> httpx.Auth | None:
    """What goes into each request's header; None for a client certificate or no user at all."""
    if token := user.get("token"):
        return Bearer(str(token))
    if path := user.get("tokenFile"):
        return Bearer((folder / path).read_text().strip())
    if user.get("username"):
        return httpx.BasicAuth(str(user["username"]), str(user.get("password", "")))
    return Helper(user["exec"], folder) if user.get("exec") else None


class Bearer(httpx.Auth):
    """A token that stays the same."""

    def __init__(self, token: str) -> None:
        self._token = token

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        """Send the token."""
        request.headers["Authorization"] = f"Bearer {self._token}"
        yield request


class Helper(httpx.Auth):
    """Tokens from a program, as `oc` and the clouds' commands hand them out; asked again when one expires."""

    def __init__(self, config: dict[str, Any], folder: Path) -> None:
        self._config = config
        self._folder = folder
        self._token = ""
        self._lock = threading.Lock()

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        """Send the token; if it is refused, a new one."""
        used = self._current("")
        request.headers["Authorization"] = f"Bearer {used}"
        response = yield request
        if response.status_code == UNAUTHORIZED:
            request.headers["Authorization"] = f"Bearer {self._current(used)}"
            yield request

    def _current(self, refused: str) -> str:
        with self._lock:
            if self._token == refused:
                self._token = self._ask()
            return self._token

    def _ask(self) -> str:
        command = [str(self._config["command"]), *map(str, self._config.get("args") or [])]
        question = {"apiVersion": self._config["apiVersion"], "kind": "ExecCredential", "spec": {}}
        extra = {entry["name"]: entry["value"] for entry in self._config.get("env") or []}
        environment = {**os.environ, **extra, "KUBERNETES_EXEC_INFO": json.dumps(question)}
        try:
            done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
            return str(json.loads(done.stdout)["status"]["token"])
        except (OSError, subprocess.CalledProcessError, KeyError, ValueError) as error:
            raise UnreachableError(
                f"`{command[0]}`, which the kubeconfig names, gave no token: {error}"
            ) from error
