"""`litemaas models discover`."""

import re
from dataclasses import dataclass
from itertools import chain, count
from typing import TextIO
from urllib.parse import urlsplit

import click
from rich.console import RenderableType
from rich.text import Text

from litemaas_infra.clients import endpoint
from litemaas_infra.command.answers import Answer, answering, examples
from litemaas_infra.command.stack import Stack, pass_stack, services
from litemaas_infra.settings import Settings


@dataclass(frozen=True)
class Offer(Answer):
    """What an endpoint offers."""

    api_base: str
    models: list[str]
    registered: list[str]
    """Those that the stack declares already."""
    next_index: int
    """Where in the settings the next model belongs."""

    def __rich__(self) -> RenderableType:
        lines = [f"{self.api_base} serves:"]
        lines += [f"  {name}{' (declared)' if name in self.registered else ''}" for name in self.models]
        new = [name for name in self.models if name not in self.registered]
        if new:
            lines += ["", "to declare them:"]
            lines += chain.from_iterable(map(self._set, count(self.next_index), new))
        return Text("\n".join(lines))

    def _set(self, place: int, name: str) -> list[str]:
        path = f"models[{place}]"
        return [
            "pulumi config set-all --path \\",
            f"    --plaintext '{path}.model_name={name}' \\",
            f"    --plaintext '{path}.litellm_model=openai/{name}' \\",
            f"    --plaintext '{path}.api_base={self.api_base}'",
            f"pulumi config set --path --secret '{path}.api_key'",
        ]


@click.command(
    epilog=examples(
        "litemaas models discover https://granite.apps.cluster.com/v1 --key key.txt",
        "litemaas models discover http://granite.models.svc:8000/v1",
    ),
)
@click.argument("url")
@click.option("--key", "file", type=click.File(), metavar="FILE", help="Its key's file; - is standard input.")
@answering
@pass_stack
def discover(stack: Stack, url: str, *, file: TextIO | None) -> Offer:
    """Ask the endpoint at URL for the names of its models.

    A Service of the cluster (http://NAME.NAMESPACE.svc) is reached through the Kubernetes API.
    """
    settings, address = stack.settings(), _base(url)
    with services(settings) as there:
        key = file.read().strip() if file else ""
        found = endpoint.models(address, key, there.cluster(), there.trust())
    return Offer(address, sorted(found), sorted(_declared(settings, address)), stack.count("models"))


def _base(url: str) -> str:
    """The URL that LiteLLM wants for an api_base: it ends in /v1, whatever page of it was named."""
    base = re.sub(r"(/models|(/chat)?/completions)?/?$", "", url)
    return base if urlsplit(base).path.strip("/") else f"{base}/v1"


def _declared(settings: Settings, address: str) -> set[str]:
    here = [spec for spec in settings.models if spec.api_base == address]
    return {spec.litellm_model.partition("/")[2] or spec.litellm_model for spec in here}
