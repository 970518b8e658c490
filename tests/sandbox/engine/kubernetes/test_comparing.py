"""Differences, and which of them make a new object."""

from typing import Any

import pytest

from sandbox.engine.kubernetes.comparing import compare
from sandbox.engine.kubernetes.configuring import compare_settings
from sandbox.engine.kubernetes.differences import Difference, differences
from sandbox.engine.kubernetes.replacement import needs_replacement
from sandbox.engine.kubernetes.settings import Settings
from sandbox.engine.kubernetes.state import checkpoint
from sandbox.engine.kubernetes.wire import UNKNOWN, secret


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ({"a": 1}, {"a": 1}, []),
        ({"a": 1}, {"a": 2}, [("a", "UPDATE")]),
        ({"a": {"b": 1}}, {"a": {}}, [("a.b", "DELETE")]),
        ({}, {"data": {"a.b": 1}}, [("data", "ADD")]),
        ({"data": {}}, {"data": {"a.b": 1}}, [('data["a.b"]', "ADD")]),
        ({"l": [1, 2]}, {"l": [1, 3, 4]}, [("l[1]", "UPDATE"), ("l[2]", "ADD")]),
        ({"l": [{"x": 1}, 2]}, {"l": [{"x": 2}]}, [("l[0].x", "UPDATE"), ("l[1]", "DELETE")]),
        ({"a": {"b": 1}}, {"a": UNKNOWN}, [("a", "UPDATE")]),
        ({"a": True}, {"a": "true"}, [("a", "UPDATE")]),
    ],
)
def test_each_change_is_told_by_its_path(old: Any, new: Any, expected: list[tuple[str, Any]]) -> None:
    assert list(differences(old, new)) == [Difference(*entry) for entry in expected]


@pytest.mark.parametrize(
    ("version", "kind", "path", "expected"),
    [
        ("v1", "ConfigMap", "metadata.name", True),
        ("v1", "ConfigMap", 'metadata.labels["x"]', False),
        ("apps/v1", "Deployment", "spec.selector.matchLabels.app", True),
        ("apps/v1", "Deployment", "spec.replicas", False),
        ("apps/v1", "StatefulSet", "spec.volumeClaimTemplates[0].spec", True),
        ("apps/v1", "StatefulSet", "spec.template.spec", False),
        ("v1", "PersistentVolumeClaim", "spec.storageClassName", True),
        ("v1", "PersistentVolumeClaim", "spec.resources.requests.storage", False),
        ("v1", "Pod", "spec.containers[0].env", True),
        ("v1", "Pod", "spec.tolerations[0]", False),
        ("v1", "Service", "spec.clusterIP", True),
        ("serving.org/v1", "Service", "spec.clusterIP", False),
        ("rbac.authorization.k8s.io/v1", "RoleBinding", "roleRef.name", True),
    ],
)
def test_fields_that_cannot_change_make_a_new_object(
    version: str, kind: str, path: str, expected: bool
) -> None:
    obj = {"apiVersion": version, "kind": kind}
    assert needs_replacement(path, obj, mutable_data=True) is expected


@pytest.mark.parametrize(
    ("immutable", "mutable", "expected"), [(False, True, False), (False, False, True), (True, True, True)]
)
def test_data_changes_in_place_only_if_the_program_says_so(
    immutable: bool, mutable: bool, expected: bool
) -> None:
    obj = {"apiVersion": "v1", "kind": "Secret", "immutable": immutable}
    assert needs_replacement("data.password", obj, mutable_data=mutable) is expected


def config_map(**data: str) -> dict[str, Any]:
    return {
        "apiVersion": "v1",
        "kind": "ConfigMap",
        "metadata": {"name": "a", "namespace": "n"},
        "data": data,
    }


def state(inputs: dict[str, Any], live: dict[str, Any]) -> dict[str, Any]:
    return checkpoint(inputs, live, inputs, manager="me", version=inputs["apiVersion"])


def test_what_the_cluster_added_is_no_difference() -> None:
    olds = state(config_map(a="1"), {**config_map(a="1", extra="2"), "immutable": False})
    assert compare(olds, config_map(a="1"), (), Settings()).changes == ()


def test_what_changed_in_the_cluster_is_a_difference() -> None:
    olds = state(config_map(a="1"), config_map(a="by hand"))
    found = compare(olds, config_map(a="1"), (), Settings(config_map_mutable=True))
    assert found.changes == (Difference("data.a", "UPDATE"),)
    assert found.replacing == ()


def test_ignored_fields_do_not_count() -> None:
    olds = state(config_map(a="1"), config_map(a="1"))
    assert compare(olds, config_map(a="2"), ("data",), Settings()).changes == ()


def test_a_new_object_of_the_same_name_waits_for_the_old_one_to_go() -> None:
    olds = state(config_map(a="1"), config_map(a="1"))
    found = compare(olds, config_map(a="2"), (), Settings())
    assert found.replacing == ("data.a",)
    assert found.delete_first


def test_a_new_object_with_a_made_up_name_comes_before_the_old_one_goes() -> None:
    named = config_map(a="1")
    named["metadata"]["annotations"] = {"pulumi.com/autonamed": "true"}
    changed = {**named, "data": {"a": "2"}}
    found = compare(state(named, named), changed, (), Settings())
    assert found.replacing
    assert not found.delete_first


def test_empty_values_that_the_server_drops_are_no_difference() -> None:
    policy = {"apiVersion": "networking.k8s.io/v1", "kind": "NetworkPolicy", "metadata": {"name": "a"}}
    inputs = {**policy, "spec": {"podSelector": {}, "ingress": []}}
    olds = state(inputs, {**policy, "spec": {"podSelector": {}}})
    assert compare(olds, inputs, (), Settings()).changes == ()


def test_equal_amounts_are_no_difference() -> None:
    pod: dict[str, Any] = {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "a"}}
    inputs = {**pod, "spec": {"containers": [{"name": "c", "resources": {"requests": {"cpu": "0.5"}}}]}}
    live = {**pod, "spec": {"containers": [{"name": "c", "resources": {"requests": {"cpu": "500m"}}}]}}
    assert compare(state(inputs, live), inputs, (), Settings()).changes == ()


def test_secret_inputs_are_compared_by_value() -> None:
    olds = state(config_map(a="1"), config_map(a="1"))
    news = {**config_map(), "data": {"a": secret("1")}}
    assert compare(olds, news, (), Settings()).changes == ()


KUBECONFIG = """
apiVersion: v1
current-context: one
contexts: [{name: one, context: {cluster: c, user: u}}]
clusters: [{name: c, cluster: {server: "https://SERVER"}}]
users: [{name: u, user: {token: TOKEN}}]
"""


def settings(server: str, token: str) -> dict[str, str]:
    return {"kubeconfig": KUBECONFIG.replace("SERVER", server).replace("TOKEN", token)}


def test_new_credentials_leave_the_cluster_the_same() -> None:
    assert compare_settings(settings("a", "1"), settings("a", "2")) == (["kubeconfig"], [])


def test_another_server_is_another_cluster() -> None:
    assert compare_settings(settings("a", "1"), settings("b", "1")) == (["kubeconfig"], ["kubeconfig"])


def test_a_given_identifier_alone_tells_clusters_apart() -> None:
    old = {**settings("a", "1"), "clusterIdentifier": "x"}
    new = {**settings("b", "1"), "clusterIdentifier": "x"}
    assert compare_settings(old, new) == (["kubeconfig"], [])


def test_a_kubeconfig_that_is_not_known_yet_replaces_nothing() -> None:
    assert compare_settings(settings("a", "1"), {"kubeconfig": UNKNOWN}) == (["kubeconfig"], [])


def test_a_kubeconfig_that_is_gone_replaces_nothing() -> None:
    gone = {"kubeconfig": "/nowhere/kubeconfig"}
    assert compare_settings(gone, settings("a", "1")) == (["kubeconfig"], [])
