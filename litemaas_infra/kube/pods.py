"""Pods as OpenShift's restricted-v2 wants them: no user, no capability and no writable image of their own.

Elsewhere nobody gives a pod its user: there it is declared, with the group that its volumes are given to.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pulumi
from pulumi_kubernetes.core.v1 import (
    CapabilitiesArgs,
    ConfigMapVolumeSourceArgs,
    ContainerArgs,
    EmptyDirVolumeSourceArgs,
    EnvVarArgs,
    EnvVarSourceArgs,
    ExecActionArgs,
    HTTPGetActionArgs,
    LocalObjectReferenceArgs,
    PodSecurityContextArgs,
    PodSpecArgs,
    PodTemplateSpecArgs,
    ProbeArgs,
    ResourceRequirementsArgs,
    SeccompProfileArgs,
    SecretKeySelectorArgs,
    SecurityContextArgs,
    TopologySpreadConstraintArgs,
    VolumeArgs,
    VolumeMountArgs,
)
from pulumi_kubernetes.meta.v1 import ObjectMetaArgs

from litemaas_infra.kube.sizes import Size


@dataclass(frozen=True)
class Terms:
    """What holds for every pod of a stack."""

    user: int | None = None
    """Whom it runs as, and whose group its volumes are given to; none where the cluster chooses."""
    pull_secrets: Sequence[str] = ()
    """What its images are pulled with."""


def template(
    labels: Mapping[str, str],
    container: ContainerArgs,
    volumes: Sequence[VolumeArgs],
    *,
    account: str,
    terms: Terms,
    before: Sequence[ContainerArgs] = (),
    annotations: Mapping[str, pulumi.Input[str]] | None = None,
    again: bool = False,
    grace: int | None = None,
    spread: Sequence[TopologySpreadConstraintArgs] = (),
) -> PodTemplateSpecArgs:
    """A pod of one container, after those that must have succeeded before it. It talks to no API.

    A Job's is run `again` until it succeeds. It is given `grace` seconds to end, and `spread` over nodes.
    """
    spec = PodSpecArgs(
        service_account_name=account,
        automount_service_account_token=False,
        enable_service_links=False,
        # Not the account's: a pod that waits for its image would never hear of another secret there.
        image_pull_secrets=[LocalObjectReferenceArgs(name=name) for name in terms.pull_secrets] or None,
        security_context=pod_security(terms.user),
        restart_policy="OnFailure" if again else None,
        termination_grace_period_seconds=grace,
        topology_spread_constraints=list(spread) or None,
        init_containers=list(before) or None,
        containers=[container],
        volumes=list(volumes),
    )
    return PodTemplateSpecArgs(metadata=ObjectMetaArgs(labels=labels, annotations=annotations), spec=spec)


def pod_security(user: int | None) -> PodSecurityContextArgs:
    """No root, be it the cluster that chooses the user (none is given) or we."""
    return PodSecurityContextArgs(
        run_as_non_root=True,
        run_as_user=user,
        fs_group=user,
        seccomp_profile=SeccompProfileArgs(type="RuntimeDefault"),
    )


def container_security() -> SecurityContextArgs:
    """Nothing but what the image's program needs: its own files to read."""
    return SecurityContextArgs(
        allow_privilege_escalation=False,
        capabilities=CapabilitiesArgs(drop=["ALL"]),
        read_only_root_filesystem=True,
    )


def resources(size: Size) -> ResourceRequirementsArgs:
    """What is reserved, and the most it may take."""
    return ResourceRequirementsArgs(requests=size.requests, limits=size.limits)


def from_secret(variable: str, secret: str, key: str | None = None) -> EnvVarArgs:
    """An environment variable with a Secret's value; its key has the variable's name unless given."""
    selector = SecretKeySelectorArgs(name=secret, key=key or variable)
    return EnvVarArgs(name=variable, value_from=EnvVarSourceArgs(secret_key_ref=selector))


def plain(values: Mapping[str, pulumi.Input[str]]) -> list[EnvVarArgs]:
    """Environment variables that are no secret."""
    return [EnvVarArgs(name=name, value=value) for name, value in values.items()]


def answers(path: str, port: int, *, every: int, times: int = 3, tls: bool = False) -> ProbeArgs:
    """Whether the path answers, asked every so many seconds; `times` failures in a row count."""
    asked = HTTPGetActionArgs(path=path, port=port, scheme="HTTPS" if tls else None)
    return ProbeArgs(http_get=asked, period_seconds=every, timeout_seconds=5, failure_threshold=times)


def succeeds(command: Sequence[str], *, every: int, times: int = 3) -> ProbeArgs:
    """Whether the command succeeds, run every so many seconds; `times` failures in a row count."""
    run = ExecActionArgs(command=list(command))
    return ProbeArgs(exec_=run, period_seconds=every, timeout_seconds=5, failure_threshold=times)


def scratch(paths: dict[str, str]) -> tuple[list[VolumeArgs], list[VolumeMountArgs]]:
    """Empty folders, by name, at the paths where a program must write."""
    volumes = [VolumeArgs(name=name, empty_dir=EmptyDirVolumeSourceArgs()) for name in paths]
    return volumes, [VolumeMountArgs(name=name, mount_path=path) for name, path in paths.items()]


def files(name: str, config_map: str, path: str) -> tuple[VolumeArgs, VolumeMountArgs]:
    """A ConfigMap's values as files in a folder."""
    volume = VolumeArgs(name=name, config_map=ConfigMapVolumeSourceArgs(name=config_map))
    return volume, VolumeMountArgs(name=name, mount_path=path, read_only=True)
