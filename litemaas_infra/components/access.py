"""How to reach what was deployed."""

import pulumi

from litemaas_infra import names


def access(namespace: str, url: pulumi.Output[str]) -> dict[str, pulumi.Input[str]]:
    """Addresses, the admin, and the command that shows the password; never the password itself."""
    password = (
        f"oc get secret {names.GATEWAY_SECRET} -n {namespace} "
        f"-o jsonpath='{{.data.{names.UI_PASSWORD}}}' | base64 -d"
    )
    return {
        "gateway_url": url,
        "admin_portal": pulumi.Output.format("{0}/ui", url),
        "api_endpoint": pulumi.Output.format("{0}/v1", url),
        "admin_user": "admin",
        "admin_password_command": password,
    }
