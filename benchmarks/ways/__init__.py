"""The ways to register, look at, change and remove models that are measured side by side."""

from benchmarks.deployment import Deployment
from benchmarks.samples import ANSIBLE, FLOOR, OURS, PULUMI
from benchmarks.ways.ansible import Ansible
from benchmarks.ways.engine import Engine
from benchmarks.ways.floor import Floor
from benchmarks.ways.way import Way

__all__ = ["Way", "way"]


def way(name: str, deployment: Deployment, concurrency: int) -> Way:
    """The way of that name."""
    if name == FLOOR:
        return Floor(deployment, concurrency)
    if name == ANSIBLE:
        return Ansible(deployment)
    return Engine({OURS: "models", PULUMI: "nothing"}[name], deployment)
