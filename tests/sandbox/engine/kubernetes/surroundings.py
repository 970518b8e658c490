"""A cluster to look at, made of lists."""

from dataclasses import dataclass, field
from typing import Any

Object = dict[str, Any]


@dataclass
class Surroundings:
    """Answers what readiness asks."""

    pod_list: list[Object] = field(default_factory=list)
    classes: list[Object] = field(default_factory=list)
    endpoint_list: list[Object] = field(default_factory=list)
    others: dict[str, Object] = field(default_factory=dict)

    def pods(self, space: str, selector: dict[str, Any]) -> list[Object]:
        return [pod for pod in self.pod_list if _labelled(pod, selector) and _in(pod, space)]

    def storage_classes(self) -> list[Object]:
        return self.classes

    def endpoints(self, service: Object) -> list[Object]:
        assert service
        return self.endpoint_list

    def find(self, obj: Object) -> Object | None:
        return self.others.get(obj["metadata"]["name"])


def _labelled(obj: Object, selector: dict[str, Any]) -> bool:
    return bool(selector.items() <= obj["metadata"].get("labels", {}).items())


def _in(obj: Object, space: str) -> bool:
    return bool(obj["metadata"].get("namespace") == space)
