"""`litemaas access`: where everything is, and who the admin is."""

import os
from dataclasses import dataclass, field, replace
from pathlib import Path

import click
from rich.console import RenderableType
from rich.text import Text

from litemaas_infra import names
from litemaas_infra.clients.exposure import address
from litemaas_infra.clients.services import Services
from litemaas_infra.command.answers import Answer, answering, examples
from litemaas_infra.command.stack import Stack, pass_stack, services
from litemaas_infra.errors import SettingsError

_LINE = "=" * 41


@dataclass(frozen=True)
class Access(Answer):
    """The ways in."""

    admin_portal: str
    api_endpoint: str
    litemaas: str | None
    """LiteMaaS's own portal, where it is deployed."""
    chat: str | None
    """Open WebUI, where it is deployed."""
    port_forward: str | None
    """What makes the addresses lead somewhere, where nothing is exposed."""
    username: str
    password: str | None = field(repr=False)
    """None where it was not asked for."""

    def __rich__(self) -> RenderableType:
        return Text("\n".join(self.lines))

    @property
    def lines(self) -> list[str]:
        """What people read."""
        return [
            _LINE,
            "LiteMaaS Access Information",
            _LINE,
            f"LiteLLM Admin Portal: {self.admin_portal}",
            f"User API Endpoint: {self.api_endpoint}",
            *([f"LiteMaaS: {self.litemaas}"] if self.litemaas else []),
            *([f"Open WebUI: {self.chat}"] if self.chat else []),
            *([f"Reached while this runs: {self.port_forward}"] if self.port_forward else []),
            "",
            "Admin Credentials:",
            f"  Username: {self.username}",
            f"  Password: {self.password or 'shown by --show'}",
            _LINE,
        ]


@click.command(
    epilog=examples(
        "litemaas access",
        "litemaas access --show",
        "litemaas access --save ~/litemaas-access.txt",
        "litemaas access --show --json | jq -r .password",
    ),
)
@click.option("--show", is_flag=True, help="Show the admin's password.")
@click.option(
    "--save",
    "file",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Keep it all, with the password, in a file that only you can read.",
)
@answering
@pass_stack
def access(stack: Stack, *, show: bool, file: Path | None) -> Access:
    """Say where the gateway is, and who its admin is."""
    with services(stack.settings()) as there:
        found = _ways(there, show=show or file is not None)
    if file:
        _save(file, "\n".join([*found.lines, ""]))
        click.echo(f"saved, with the password, in {file}, which only you can read", err=True)
    return found if show else replace(found, password=None)


def _ways(there: Services, *, show: bool) -> Access:
    cluster, namespace = there.cluster(), there.way.namespace
    username = there.secret(names.GATEWAY_SECRET, names.UI_USERNAME)
    password = there.secret(names.GATEWAY_SECRET, names.UI_PASSWORD) if show else None
    apps = (names.GATEWAY, names.FRONTEND, names.CHAT)
    gateway, litemaas, chat = (address(cluster, namespace, app) for app in apps)
    forward = None
    if gateway is None:
        port = names.GATEWAY_PORT
        gateway = f"http://127.0.0.1:{port}"
        forward = f"kubectl port-forward service/{names.GATEWAY} {port}:{port} -n {namespace}"
    return Access(gateway, gateway, litemaas, chat, forward, username, password)


def _save(file: Path, text: str) -> None:
    """Write it where only the user can read it, also if the file was there before."""
    try:
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_NOFOLLOW, 0o600)
        with os.fdopen(handle, "w") as opened:
            os.fchmod(handle, 0o600)
            opened.truncate()
            opened.write(text)
    except OSError as error:
        raise SettingsError(f"{file} cannot be written: {error.strerror}; name another file") from error
