"""The subcommand."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Final, TypeVar

import click

from litemaas_infra import names
from litemaas_infra.clients import pods, spending
from litemaas_infra.clients.exposure import address
from litemaas_infra.clients.pods import Pod
from litemaas_infra.clients.services import Services
from litemaas_infra.command.answers import answering, examples
from litemaas_infra.command.health import Health, ask
from litemaas_infra.command.inventory import Inventory, look, undeclared_models
from litemaas_infra.command.keys.lines import key_line
from litemaas_infra.command.stack import Stack, pass_stack, services
from litemaas_infra.command.status.differences import differences, undeclared
from litemaas_infra.command.status.report import ModelLine, Status
from litemaas_infra.errors import GatewayUnreachable, LiteMaaSError
from litemaas_infra.settings import Settings
from litemaas_infra.specs.deployment import Deployment

T = TypeVar("T")

SPAN: Final = timedelta(days=30)
"""The time whose spend is told."""


@click.command(
    epilog=examples(
        "litemaas status",
        "litemaas status --quick --json | jq .differences",
    ),
)
@click.option("--quick", is_flag=True, help="Ask no model for a token: leave their health out.")
@answering
@pass_stack
def status(stack: Stack, *, quick: bool) -> Status:
    """Show all of a deployment, and what of it disagrees.

    Pods, addresses, models with their health, rows, keys, spend, and where what is there is not what is
    declared. Every model that can be is asked for one token. Ends with 1 where something is not in order.
    """
    settings = stack.settings()
    with services(settings) as there:
        return _status(there, settings, quick=quick)


def _status(there: Services, settings: Settings, *, quick: bool) -> Status:
    running = pods.every(there.cluster(), there.way.namespace)
    troubles: list[str] = []
    found = _tried(lambda: _look(there, running), Inventory(), troubles)
    declared = {spec.alias for spec in settings.keys}
    return Status(
        _addresses(there),
        running,
        _models(there, settings, found, quick=quick),
        len(found.rows),
        [key_line(key, declared) for key in found.keys],
        _tried(lambda: _spent(there), 0.0, troubles),
        troubles,
        [] if troubles else list(differences(there, settings, found)),
        list(undeclared(settings, found)),
    )


def _tried(look: Callable[[], T], otherwise: T, troubles: list[str]) -> T:
    """What there is to see, or else what is otherwise said of it, and the reason among the troubles."""
    try:
        return look()
    except LiteMaaSError as error:
        if str(error) not in troubles:
            troubles.append(str(error))
        return otherwise


def _look(there: Services, running: Sequence[Pod]) -> Inventory:
    """All that the services have; a gateway that cannot answer is not waited for."""
    if not any(pod.ready for pod in running if pod.app == names.GATEWAY):
        raise GatewayUnreachable("no pod of the gateway is ready; `litemaas logs` may say why")
    return look(there)


def _spent(there: Services) -> float:
    with there.models() as connection:
        spent = spending.since(connection, (datetime.now(UTC) - SPAN).date())
    return sum(one.dollars for one in spent)


def _addresses(there: Services) -> dict[str, str]:
    apps = (names.GATEWAY, names.FRONTEND, names.CHAT)
    found = {app: address(there.cluster(), there.way.namespace, app) for app in apps}
    return {app: url for app, url in found.items() if url}


def _models(there: Services, settings: Settings, found: Inventory, *, quick: bool) -> list[ModelLine]:
    served = [one for one in found.deployments if one.id in found.served]
    # With nothing served there may be no gateway to ask.
    asked = [] if quick or not served else ask(there.gateway(), served)
    health = {told.id: told for told in asked}
    others = {one.id for one in undeclared_models(found, settings)}
    return [_model(one, found, health.get(one.id), others) for one in found.deployments]


def _model(one: Deployment, found: Inventory, health: Health | None, others: set[str]) -> ModelLine:
    stored = "elsewhere" if one.id in others else "stack"
    served = one.id in found.served
    return ModelLine(
        one.model_name,
        one.id,
        stored if one.id in found.stored else "config file",
        served=served,
        row=one.model_name in found.rows,
        health=health.words if health else "",
        well=served and not (health and health.trouble),
    )
