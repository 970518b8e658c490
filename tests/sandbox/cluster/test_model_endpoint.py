"""The model endpoint's declaration."""

from typing import Any

import pytest

from sandbox.cluster.model_endpoint import deployment


@pytest.fixture
def pod() -> dict[str, Any]:
    spec: dict[str, Any] = deployment()["spec"]["template"]["spec"]
    return spec


def test_restricted_v2_admits_it_without_a_user_of_its_choice(pod: dict[str, Any]) -> None:
    container = pod["containers"][0]["securityContext"]
    assert container["capabilities"] == {"drop": ["ALL"]}
    assert container["allowPrivilegeEscalation"] is False
    assert pod["securityContext"] == {"runAsNonRoot": True, "seccompProfile": {"type": "RuntimeDefault"}}


def test_the_key_comes_from_a_secret_only(pod: dict[str, Any]) -> None:
    (variable,) = pod["containers"][0]["env"]
    assert variable["valueFrom"] == {"secretKeyRef": {"name": "model-endpoint", "key": "api-key"}}


def test_nothing_is_writable_but_a_temporary_folder(pod: dict[str, Any]) -> None:
    (container,) = pod["containers"]
    assert container["securityContext"]["readOnlyRootFilesystem"] is True
    assert [mount["mountPath"] for mount in container["volumeMounts"]] == ["/tmp"]  # noqa: S108 - the container's own
    assert pod["volumes"] == [{"name": "tmp", "emptyDir": {}}]
