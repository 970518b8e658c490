"""`litemaas migrate`."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import click
import yaml
from rich.console import RenderableType
from rich.text import Text

from litemaas_infra import names
from litemaas_infra.clients import predecessor
from litemaas_infra.clients.cluster import Cluster
from litemaas_infra.clients.predecessor import Predecessor
from litemaas_infra.command.answers import Answer, answering, examples
from litemaas_infra.command.migrate import found
from litemaas_infra.command.migrate.steps import Step, steps
from litemaas_infra.command.stack import Stack, pass_stack, services
from litemaas_infra.errors import ClusterMismatch, NotInCluster


@dataclass(frozen=True)
class Migration(Answer):
    """The way from what is there to a stack."""

    settings: dict[str, dict[str, Any]]
    """What the stack's settings must say."""
    written: bool
    """Whether they do, from now on."""
    steps: list[Step]
    """What is to be done then, in this order."""
    notes: list[str]
    """What is not as before afterwards."""

    def __rich__(self) -> RenderableType:
        return Text("\n".join(self._lines()))

    def _lines(self) -> Iterator[str]:
        yield "First `litemaas translate extra-vars.yml`, for what the playbook's variables alone tell."
        where = "has" if self.written else "is to have (--write sets it)"
        yield f"The stack's file {where}, below `config:`:"
        named = {f"{names.PROJECT}:{name}": fields for name, fields in self.settings.items()}
        yield from (f"  {line}" for line in yaml.safe_dump(named, sort_keys=False).splitlines())
        yield "Then:"
        for place, step in enumerate(self.steps, 1):
            yield from (f"  {place}. {step.purpose}", f"     {step.line}")
        yield from (f"Note: {note}" for note in self.notes)


@click.command(
    epilog=examples("litemaas migrate", "litemaas migrate --write", "litemaas migrate --admin-only --write"),
)
@click.option("--write", is_flag=True, help="Set what the stack's settings must say.")
@click.option("--admin-only", is_flag=True, help="Leave the backend and its frontend behind.")
@answering
@pass_stack
def migrate(stack: Stack, *, write: bool, admin_only: bool) -> Migration:
    """Tell how a deployment of the Ansible collection is taken over.

    It is looked for in the stack's namespace, and nothing of it is changed: its database is copied by `pulumi
    up` and stays; keys, models and spend with it. Passwords and the master key remain what they are.
    """
    known = stack.settings()
    with services(known) as there:
        cluster, namespace = there.cluster(), there.way.namespace
        former = predecessor.find(cluster, namespace, routes=cluster.serves(names.ROUTES))
        settings = _settings(cluster, namespace, former, admin_only=admin_only)
        if known.takeover.wanted:  # told before: once it is done, the Secrets speak of the stack's own server
            settings.pop("takeover")
        client = found.client(cluster, namespace) or known.backend.client_id
        todo = list(steps(cluster, namespace, former, client))
        notes = list(found.notes(cluster, namespace))
    if write:
        for path, fields in settings.items():
            stack.declare(path, fields)
    return Migration(settings, write, todo, notes)


def _settings(
    cluster: Cluster, namespace: str, former: Predecessor, *, admin_only: bool
) -> dict[str, dict[str, Any]]:
    if former.server is None:
        known = ", ".join(predecessor.SERVERS)
        raise NotInCluster(
            f"namespace {namespace} has no deployment of the Ansible collection: no StatefulSet {known} that "
            "is not this stack's; another namespace is named by pulumi config set litemaas:namespace NAME"
        )
    if former.server == names.POSTGRES:
        raise ClusterMismatch(_same_name(namespace))
    parts = {
        "exposure": found.exposure(cluster, namespace),
        "backend": {} if admin_only else found.backend(cluster, namespace),
        "takeover": found.takeover(cluster, namespace, former.server),
    }
    return {name: fields for name, fields in parts.items() if fields}


def _same_name(namespace: str) -> str:
    return (
        f"the PostgreSQL in namespace {namespace} is called {names.POSTGRES}, as a stack's own is, so both "
        "cannot be in one namespace. Take another (pulumi config set litemaas:namespace NAME), copy Secrets "
        f"{names.GATEWAY_SECRET} and litemaas-db there, and set litemaas:takeover by hand, its host being "
        f"{names.POSTGRES}.{namespace}.svc"
    )
