"""LiteLLM's own configuration: its config.yaml, and the keys that its models name as variables."""

import hashlib
from collections.abc import Mapping
from typing import Final

import pulumi
from pulumi_kubernetes.core.v1 import (
    ConfigMap,
    ConfigMapVolumeSourceArgs,
    EnvFromSourceArgs,
    Secret,
    SecretEnvSourceArgs,
    VolumeArgs,
    VolumeMountArgs,
)
from pydantic import SecretStr

from litemaas_infra import names
from litemaas_infra.components.checksum import CHECKSUM, checksum
from litemaas_infra.components.place import Place
from litemaas_infra.kube import objects

_PATH: Final = f"/etc/litellm/{names.CONFIG_KEY}"


class Configuration(pulumi.ComponentResource):
    """A ConfigMap and a Secret, each only where there is something in it, and what a pod takes from them.

    `checksums` annotate the pod: another file or other keys are another pod. They tell nothing of the keys.
    """

    def __init__(
        self,
        name: str,
        *,
        place: Place,
        namespace: str,
        text: str,
        api_keys: Mapping[str, SecretStr],
        salt: pulumi.Output[str],
        database: pulumi.Output[str],
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        super().__init__("litemaas:index:Configuration", name, {}, opts)
        self._name, self._namespace, self._place = name, namespace, place
        self.ready: list[pulumi.Resource] = []
        self.checksums: dict[str, pulumi.Input[str]] = {CHECKSUM: database}
        self.arguments: list[str] = []
        self.volumes: list[VolumeArgs] = []
        self.mounts: list[VolumeMountArgs] = []
        self.variables: list[EnvFromSourceArgs] = []
        if text:
            self._file(text)
        if api_keys:
            self._keys({key: value.get_secret_value() for key, value in api_keys.items()}, salt)
        self.register_outputs({})

    def _file(self, text: str) -> None:
        metadata = objects.metadata(names.CONFIG, self._namespace, names.GATEWAY_LABELS)
        file = ConfigMap(
            f"{self._name}-file",
            metadata=metadata,
            data={names.CONFIG_KEY: text},
            opts=self._place.inside(self),
        )
        self.ready.append(file)
        self.checksums["checksum/config"] = hashlib.sha256(text.encode()).hexdigest()
        self.arguments += ["--config", _PATH]
        source = ConfigMapVolumeSourceArgs(name=names.CONFIG)
        self.volumes.append(VolumeArgs(name="config", config_map=source))
        # By its sub-path, a running pod keeps the file it began with: LiteLLM reads it again and again, and
        # would drop the models that are no longer in it while requests still come.
        mount = VolumeMountArgs(name="config", mount_path=_PATH, sub_path=names.CONFIG_KEY, read_only=True)
        self.mounts.append(mount)

    def _keys(self, keys: Mapping[str, str], salt: pulumi.Output[str]) -> None:
        secret = Secret(
            f"{self._name}-api-keys",
            metadata=objects.metadata(names.API_KEYS, self._namespace, names.GATEWAY_LABELS),
            string_data=pulumi.Output.secret(keys),
            opts=self._place.inside(self),
        )
        self.ready.append(secret)
        made = salt.apply(lambda known: checksum(keys, known))
        self.checksums["checksum/api-keys"] = pulumi.Output.unsecret(made)
        self.variables.append(EnvFromSourceArgs(secret_ref=SecretEnvSourceArgs(name=names.API_KEYS)))
