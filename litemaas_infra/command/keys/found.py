"""The key that a person means, and what there is of it."""

from collections.abc import Mapping
from typing import Any

from litemaas_infra import names
from litemaas_infra.clients.exposure import address
from litemaas_infra.clients.services import Services
from litemaas_infra.clients.virtual_keys import VirtualKeys
from litemaas_infra.command.keys.handed import Handed
from litemaas_infra.errors import GatewayRefused
from litemaas_infra.specs.virtual_key import VirtualKeySpec, token


def by_alias(there: Services, alias: str) -> Mapping[str, Any]:
    """What LiteLLM says of the key of that alias. Raises GatewayRefused where there is none."""
    every = there.entities(VirtualKeys).every()
    found = next((key for key in every if key.get("key_alias") == alias), None)
    if found is None:
        known = sorted(str(key["key_alias"]) for key in every if key.get("key_alias"))
        raise GatewayRefused(
            f"the gateway has no virtual key of alias {alias!r}; it has: {', '.join(known) or 'none'}. One "
            "that is declared is given out by `pulumi up`"
        )
    return found


def handed(there: Services, told: Mapping[str, Any], value: str | None = None) -> Handed:
    """The key as its holder is told of it, with its value if it is known here."""
    fields = VirtualKeySpec.seen(told)
    return Handed(
        fields["alias"],
        fields["user_id"],
        base_url(there),
        fields["models"],
        fields["max_budget"],
        fields["budget_duration"],
        float(told.get("spend") or 0.0),
        blocked=fields["blocked"],
        expires=fields["expires"],
        value=value or _kept(there, told),
    )


def base_url(there: Services) -> str:
    """What holders ask the gateway under."""
    namespace = there.way.namespace
    inside = f"http://{names.inside(namespace)}:{names.GATEWAY_PORT}"
    return f"{address(there.cluster(), namespace, names.GATEWAY) or inside}/v1"


def _kept(there: Services, told: Mapping[str, Any]) -> str | None:
    """The value that the stack's Secret has, if it is this key's."""
    secret = names.KEY_SECRET.format(alias=told["key_alias"])
    value = (there.cluster().secret(there.way.namespace, secret) or {}).get(names.KEY)
    return value if value and token(value) == told.get("token") else None
