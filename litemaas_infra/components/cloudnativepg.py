"""PostgreSQL as CloudNativePG runs it: several servers, of which one takes over when another fails."""

from collections.abc import Mapping, Sequence
from typing import Any

import pulumi
from pulumi_kubernetes.apiextensions import CustomResource

from litemaas_infra import names
from litemaas_infra.components.place import Place
from litemaas_infra.kube import Volume, objects, sizes
from litemaas_infra.specs.database import Database as Settings

_LABELS = names.labels(names.POSTGRES, "database")


class CloudNativePG(pulumi.ComponentResource):
    """A Cluster, with the gateway's database in it from the beginning, and LiteMaaS's beside that.

    Their owners' passwords are those of the stack's Secrets. `ready` is declared; the operator works on.
    """

    ready: Sequence[pulumi.Resource]

    def __init__(
        self,
        name: str,
        *,
        place: Place,
        namespace: str,
        settings: Settings,
        volume: Volume,
        secrets: Sequence[pulumi.Resource],
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        super().__init__("litemaas:index:CloudNativePG", name, {}, opts)
        cluster = CustomResource(
            f"{name}-cluster",
            api_version=names.CNPG,
            kind="Cluster",
            metadata=objects.ready_later(names.POSTGRES, namespace, _LABELS),
            spec=_cluster(settings, volume, place.terms.pull_secrets),
            opts=place.kept(self, *secrets),
        )
        models = CustomResource(
            f"{name}-{settings.models.database}",
            api_version=names.CNPG,
            kind="Database",
            metadata=objects.ready_later(names.BACKEND_DATABASE, namespace, _LABELS),
            spec={
                "cluster": {"name": names.POSTGRES},
                "name": settings.models.database,
                "owner": settings.models.user,
                "databaseReclaimPolicy": "retain",
            },
            opts=place.inside(self, cluster),
        )
        self.ready = [cluster, models]
        self.register_outputs({})


def _cluster(settings: Settings, volume: Volume, pull_secrets: Sequence[str]) -> Mapping[str, Any]:
    gateway, models = settings.gateway, settings.models
    return {
        "instances": settings.instances,
        "imagePullSecrets": [{"name": name} for name in pull_secrets],
        "storage": {"size": volume.size, "storageClass": volume.storage_class},
        "resources": {"requests": sizes.POSTGRES.requests, "limits": sizes.POSTGRES.limits},
        "bootstrap": {
            "initdb": {
                "database": gateway.database,
                "owner": gateway.user,
                "secret": {"name": names.GATEWAY_DATABASE_SECRET},
                "encoding": "UTF8",
                "localeCollate": "C.UTF-8",
                "localeCType": "C.UTF-8",
            }
        },
        "managed": {
            "roles": [
                {
                    "name": models.user,
                    "ensure": "present",
                    "login": True,
                    "passwordSecret": {"name": names.BACKEND_SECRET},
                }
            ]
        },
    }
