"""Whether new settings name another cluster, so that every object would have to be made anew there."""

from typing import Any

from sandbox.engine.kubernetes.errors import UnreachableError
from sandbox.engine.kubernetes.kubeconfig import select
from sandbox.engine.kubernetes.wire import has_unknown, reveal

NAMING_A_CLUSTER = ("kubeconfig", "context", "cluster")
IDENTIFIER = "clusterIdentifier"


def compare_settings(olds: dict[str, Any], news: dict[str, Any]) -> tuple[list[str], list[str]]:
    """The settings that differ, and those of them that name another cluster."""
    old, new = reveal(olds), reveal(news)
    changed = sorted(key for key in old.keys() | new.keys() if old.get(key) != new.get(key))
    if old.get(IDENTIFIER) and new.get(IDENTIFIER):
        return changed, [key for key in changed if key == IDENTIFIER]
    suspects = [key for key in changed if key in NAMING_A_CLUSTER]
    if not suspects or has_unknown(new):
        return changed, []
    before, after = _cluster(old), _cluster(new)
    return changed, suspects if before and after and before != after else []


def _cluster(settings: dict[str, Any]) -> dict[str, Any] | None:
    names = {key: str(settings.get(key) or "") for key in ("context", "cluster")}
    try:
        return select(str(settings.get("kubeconfig") or ""), **names).cluster
    except UnreachableError:
        return None
