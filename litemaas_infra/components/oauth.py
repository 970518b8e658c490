"""The backend as a client of OpenShift's OAuth server."""

import pulumi

from litemaas_infra import names


class OAuthClient(pulumi.CustomResource):
    """An OAuthClient, which is in no namespace; users are sent back to the callback alone."""

    def __init__(
        self,
        name: str,
        *,
        client_id: str,
        secret: pulumi.Input[str],
        callback: str,
        opts: pulumi.ResourceOptions,
    ) -> None:
        labels = names.labels(names.BACKEND, "login")
        properties = {
            "apiVersion": names.OAUTH,
            "kind": "OAuthClient",
            "metadata": {"name": client_id, "labels": labels},
            "grantMethod": "auto",
            "redirectURIs": [callback],
            "secret": pulumi.Output.secret(secret),
        }
        super().__init__(f"kubernetes:{names.OAUTH}:OAuthClient", name, properties, opts)
