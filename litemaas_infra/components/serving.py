"""The certificate that the gateway itself serves TLS with, behind a Route that re-encrypts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import pulumi
from pulumi_kubernetes.core.v1 import SecretVolumeSourceArgs, VolumeArgs, VolumeMountArgs

from litemaas_infra import names
from litemaas_infra.components.place import Place
from litemaas_infra.providers.serving import ServingCertificate
from litemaas_infra.providers.site import Site
from litemaas_infra.specs import serving as specs
from litemaas_infra.specs.exposure import Exposure

_FOLDER: Final = "/etc/litellm-serving"
_ASKING: Final = "service.beta.openshift.io/serving-cert-secret-name"
_ARGUMENTS: Final = (
    "--ssl_certfile_path",
    f"{_FOLDER}/{specs.CHAIN}",
    "--ssl_keyfile_path",
    f"{_FOLDER}/{specs.KEY}",
)


@dataclass(frozen=True)
class Serving:
    """What a pod takes to serve TLS; nothing where it serves plain HTTP."""

    tls: bool = False
    arguments: Sequence[str] = ()
    volumes: Sequence[VolumeArgs] = ()
    mounts: Sequence[VolumeMountArgs] = ()
    checksums: Mapping[str, pulumi.Input[str]] = field(default_factory=dict)
    authority: pulumi.Output[str] | None = None
    """Whom the certificate is from; none where OpenShift's router knows."""


def asking(exposure: Exposure) -> dict[str, str]:
    """What makes OpenShift's service CA give a Service its certificate."""
    return {_ASKING: names.SERVING} if exposure.reencrypts and not exposure.serving_secret else {}


def serving(
    parent: pulumi.Resource, place: Place, site: Site, exposure: Exposure, service: pulumi.Resource
) -> Serving:
    """What the gateway's pod takes, once the Secret is there that the Service or the settings ask for."""
    if not exposure.reencrypts:
        return Serving()
    secret = exposure.serving_secret or names.SERVING
    opts = place.served(parent, service)
    certificate = ServingCertificate(f"{names.GATEWAY}-serving", site=site, secret=secret, opts=opts)
    return Serving(
        tls=True,
        arguments=_ARGUMENTS,
        volumes=[VolumeArgs(name=names.SERVING, secret=SecretVolumeSourceArgs(secret_name=secret))],
        mounts=[VolumeMountArgs(name=names.SERVING, mount_path=_FOLDER, read_only=True)],
        # LiteLLM reads it once, as it starts: with another there must be another pod.
        checksums={"checksum/serving": certificate.revision},
        authority=certificate.authority if exposure.serving_secret else None,
    )
