"""`litemaas logs`: what the containers of an app said last."""

from collections.abc import Iterator
from dataclasses import dataclass

import click
from rich.console import Group, RenderableType
from rich.text import Text

from litemaas_infra import names
from litemaas_infra.clients.pods import app_of, containers_of
from litemaas_infra.clients.services import Services
from litemaas_infra.command.answers import Answer, answering, examples
from litemaas_infra.command.stack import Stack, pass_stack, services
from litemaas_infra.errors import NotInCluster


@dataclass(frozen=True)
class Log:
    """The end of a container's log."""

    pod: str
    container: str
    text: str

    def __rich__(self) -> RenderableType:
        return Text(f"--- {self.pod} {self.container}\n{self.text.rstrip()}")


@dataclass(frozen=True)
class Logs(Answer):
    """Those of every container of an app."""

    logs: list[Log]

    def __rich__(self) -> RenderableType:
        return Group(*self.logs)


@click.command(
    epilog=examples(
        "litemaas logs",
        "litemaas logs litemaas-postgres --lines 20",
        "litemaas logs litellm --previous",
    ),
)
@click.argument("app", default=names.GATEWAY)
@click.option("--lines", "-n", type=click.IntRange(1), default=100, show_default=True, help="How many lines.")
@click.option("--previous", "-p", is_flag=True, help="Of the run before the last restart.")
@answering
@pass_stack
def logs(stack: Stack, app: str, *, lines: int, previous: bool) -> Logs:
    """Print the last lines of the gateway's pods, or another APP's."""
    with services(stack.settings()) as there:
        return Logs(list(_logs(there, app, lines=lines, previous=previous)))


def _logs(there: Services, app: str, *, lines: int, previous: bool) -> Iterator[Log]:
    cluster, namespace = there.cluster(), there.way.namespace
    pods = cluster.items("v1", "pods", namespace)
    apps = sorted({called for pod in pods if (called := app_of(pod))})
    if app not in apps:
        has = ", ".join(apps) or "nothing"
        raise NotInCluster(f"namespace {namespace} has no pod of app {app}; it has pods of: {has}")
    for pod in (pod for pod in pods if app_of(pod) == app):
        for container in containers_of(pod):
            name = pod["metadata"]["name"]
            if told := cluster.log(namespace, name, container, previous=previous, lines=lines):
                yield Log(name, container, told)
