"""The provider's settings: the SDK's `Provider` arguments and the real provider's environment variables."""

import os
from collections.abc import Mapping
from dataclasses import dataclass

PREFIX = "kubernetes:config:"


@dataclass(frozen=True)
class Settings:
    """What the program asked of its provider."""

    kubeconfig: str = ""
    """Contents or path of a kubeconfig; empty for the ambient one."""
    context: str = ""
    """The kubeconfig's context to use; empty for its current one."""
    cluster: str = ""
    """The kubeconfig's cluster to use instead of the context's."""
    namespace: str = ""
    """Where namespaced objects go that name no namespace; empty for the context's, else `default`."""
    server_side_apply: bool = True
    patch_force: bool = False
    """Take over fields that other managers own, instead of failing with a conflict."""
    secret_mutable: bool = False
    config_map_mutable: bool = False
    upsert: bool = False
    """Take over objects that exist already, instead of failing."""
    delete_unreachable: bool = False
    """Forget objects whose cluster cannot be reached, instead of failing."""

    @classmethod
    def read(cls, variables: Mapping[str, str], environment: Mapping[str, str] = os.environ) -> "Settings":
        """The settings in the engine's `variables`; the environment's stand in for missing ones."""

        def text(name: str) -> str:
            return variables.get(PREFIX + name, "")

        def flag(name: str, variable: str, *, default: bool = False) -> bool:
            value = text(name) or environment.get(f"PULUMI_K8S_{variable}", "")
            return value == "true" if value else default

        return cls(
            kubeconfig=text("kubeconfig"),
            context=text("context"),
            cluster=text("cluster"),
            namespace=text("namespace"),
            server_side_apply=flag("enableServerSideApply", "ENABLE_SERVER_SIDE_APPLY", default=True),
            patch_force=flag("enablePatchForce", "ENABLE_PATCH_FORCE"),
            secret_mutable=flag("enableSecretMutable", "ENABLE_SECRET_MUTABLE"),
            config_map_mutable=flag("enableConfigMapMutable", "ENABLE_CONFIGMAP_MUTABLE"),
            upsert=flag("upsertExistingObjects", "UPSERT_EXISTING_OBJECTS"),
            delete_unreachable=flag("deleteUnreachable", "DELETE_UNREACHABLE"),
        )

    def mutable(self, kind: object) -> bool:
        """Whether objects of this kind may change their data in place."""
        return {"Secret": self.secret_mutable, "ConfigMap": self.config_map_mutable}.get(str(kind), True)
