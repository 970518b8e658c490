"""The sandbox and what runs in it: `oc`, the database's `psql`, and the machine's own commands."""

import base64
import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sandbox.paths import RUN
from tests.end_to_end.support.commands import Done, run

COMMAND = "sandbox/sandbox"
NAMESPACE = "litemaas"
VOLUMES = RUN / "volumes"
"""Where the sandbox's provisioner makes a volume's folder."""

Object = dict[str, Any]


@contextmanager
def ended_afterwards() -> Iterator[None]:
    """Whatever sandbox is up in the end, is down after it."""
    try:
        yield
    finally:
        run(COMMAND, "down", timeout=120).succeeded()


def inside(*command: str, timeout: float = 60, stdin: str = "") -> Done:
    """The command, run in the sandbox."""
    return run(COMMAND, "run", *command, timeout=timeout, stdin=stdin)


def oc(*arguments: str, timeout: float = 60, stdin: str = "") -> str:
    """What `oc` prints, which must succeed."""
    return inside("oc", *arguments, timeout=timeout, stdin=stdin).succeeded().out


def found(kind: str, name: str = "", namespace: str = NAMESPACE) -> Object:
    """The object of that name, or the list of all of them."""
    answer: Object = json.loads(oc("get", kind, *([name] if name else []), "-n", namespace, "-o", "json"))
    return answer


def names(kind: str) -> set[str]:
    """The names of all objects of the kind, in every namespace."""
    return set(oc("get", kind, "-A", "-o", "name").split())


def secret(name: str, namespace: str = NAMESPACE) -> dict[str, str]:
    """The values of a Secret."""
    return {k: base64.b64decode(v).decode() for k, v in found("secret", name, namespace)["data"].items()}


def secrets() -> dict[str, dict[str, str]]:
    """The values of every Secret of the deployment, by the Secret's name."""
    return {item["metadata"]["name"]: secret(item["metadata"]["name"]) for item in found("secret")["items"]}


def psql(query: str, database: str = "litemaas", **variables: str) -> str:
    """What the database's administrator gets: rows of values between bars, nothing else.

    `:'name'` in the query stands for a variable's value, as psql has it.
    """
    command = ("exec", "-i", "-n", NAMESPACE, "litemaas-postgres-0", "--", "psql", "-U", "postgres", "-At")
    settings = [f"--set={name}={value}" for name, value in {"ON_ERROR_STOP": "1", **variables}.items()]
    return oc(*command, "-d", database, *settings, stdin=query).strip()
