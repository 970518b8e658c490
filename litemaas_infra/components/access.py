"""How to reach what was deployed."""

from collections.abc import Mapping

import pulumi

from litemaas_infra import names
from litemaas_infra.components.exposed import Exposed, showing


def access(
    namespace: str, exposed: Exposed, parts: Mapping[str, pulumi.Input[str]]
) -> dict[str, pulumi.Input[str]]:
    """Addresses, the admin, and the command that shows the password, never itself; then what parts tell."""
    password = showing(exposed, namespace, names.GATEWAY_SECRET, names.UI_PASSWORD)
    return {
        "gateway_url": exposed.url,
        "admin_portal": pulumi.Output.format("{0}/ui", exposed.portal),
        "api_endpoint": pulumi.Output.format("{0}/v1", exposed.url),
        "admin_user": "admin",
        "admin_password_command": password,
        **exposed.commands,
        **parts,
    }
