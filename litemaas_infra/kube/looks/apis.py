"""Whether the cluster is new enough, and knows every kind that will be declared."""

import re
from collections.abc import Sequence
from typing import Final

from litemaas_infra.clients.cluster import Cluster
from litemaas_infra.kube.kinds import Kind

OLDEST: Final = (1, 28)
"""Kubernetes of OpenShift 4.15, the oldest that the libraries to talk to it are made for."""


def problems(cluster: Cluster, kinds: Sequence[Kind]) -> list[str]:
    """A version that is too old, and kinds that are not there."""
    missing = [kind for api in {kind.api: None for kind in kinds} for kind in _missing(cluster, api, kinds)]
    named = ", ".join(map(str, missing))
    remedies = "".join(f"; {remedy}" for remedy in {kind.otherwise: None for kind in missing} if remedy)
    lacking = [f"it has no {named}, which this stack declares{remedies}"] if missing else []
    return [*_too_old(cluster.version()), *lacking]


def _too_old(version: str) -> list[str]:
    numbers = re.match(r"v(\d+)\.(\d+)", version)
    if numbers is None or (int(numbers[1]), int(numbers[2])) >= OLDEST:
        return []
    oldest = ".".join(map(str, OLDEST))
    return [f"it is Kubernetes {version}, and the oldest that will do is {oldest} (OpenShift 4.15)"]


def _missing(cluster: Cluster, api: str, kinds: Sequence[Kind]) -> list[Kind]:
    found = cluster.get(api, "") or {}
    there = {resource["name"] for resource in found.get("resources") or []}
    return [kind for kind in kinds if kind.api == api and not kind.part and kind.plural not in there]
