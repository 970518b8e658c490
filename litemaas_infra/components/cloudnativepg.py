"""PostgreSQL as CloudNativePG runs it: several servers, of which one takes over when another fails."""

from collections.abc import Mapping, Sequence
from typing import Any

import pulumi
from pulumi_kubernetes.apiextensions import CustomResource

from litemaas_infra import names
from litemaas_infra.components.place import Place
from litemaas_infra.kube import Volume, objects, sizes
from litemaas_infra.specs.connection import Login
from litemaas_infra.specs.database import Database as Settings

_LABELS = names.labels(names.POSTGRES, "database")


class CloudNativePG(pulumi.ComponentResource):
    """A Cluster, with the gateway's database in it from the beginning, and the others beside that.

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
        chat: bool,
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        super().__init__("litemaas:index:CloudNativePG", name, {}, opts)
        others = {names.BACKEND_SECRET: settings.models}
        if chat:
            others[names.CHAT_SECRET] = settings.chat
        cluster = CustomResource(
            f"{name}-cluster",
            api_version=names.CNPG,
            kind="Cluster",
            metadata=objects.ready_later(names.POSTGRES, namespace, _LABELS),
            spec=_cluster(settings, volume, place.terms.pull_secrets, others),
            opts=place.kept(self, *secrets),
        )
        databases = [
            CustomResource(
                f"{name}-{login.database}",
                api_version=names.CNPG,
                kind="Database",
                metadata=objects.ready_later(login.database.replace("_", "-"), namespace, _LABELS),
                spec=_database(login),
                opts=place.inside(self, cluster),
            )
            for login in others.values()
        ]
        self.ready = [cluster, *databases]
        self.register_outputs({})


def _database(login: Login) -> Mapping[str, Any]:
    return {
        "cluster": {"name": names.POSTGRES},
        "name": login.database,
        "owner": login.user,
        "databaseReclaimPolicy": "retain",
    }


def _cluster(
    settings: Settings, volume: Volume, pull_secrets: Sequence[str], others: Mapping[str, Login]
) -> Mapping[str, Any]:
    gateway = settings.gateway
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
                {"name": login.user, "ensure": "present", "login": True, "passwordSecret": {"name": secret}}
                for secret, login in others.items()
            ]
        },
    }
