"""Objects in one form, and live ones cut down to what was declared."""

import base64
from typing import Any

import pytest

from sandbox.engine.kubernetes.objects import annotation, identity, normalise, prune
from sandbox.engine.kubernetes.wire import UNKNOWN


def encoded(text: str) -> str:
    return base64.b64encode(text.encode()).decode()


def test_plain_data_of_a_secret_joins_its_encoded_data() -> None:
    inputs = {"apiVersion": "v1", "kind": "Secret", "data": {"a": encoded("1")}, "stringData": {"b": "2"}}
    expected = {"apiVersion": "v1", "kind": "Secret", "data": {"a": encoded("1"), "b": encoded("2")}}
    assert normalise(inputs) == expected


def test_data_that_a_preview_does_not_know_stays_unknown() -> None:
    inputs = {"apiVersion": "v1", "kind": "Secret", "stringData": {"a": UNKNOWN, "b": "2"}}
    assert normalise(inputs)["data"] == {"a": UNKNOWN, "b": encoded("2")}


def test_another_groups_secret_is_left_alone() -> None:
    inputs = {"apiVersion": "vault.org/v1", "kind": "Secret", "stringData": {"b": "2"}}
    assert normalise(inputs) == inputs


def test_nulls_and_what_the_server_fills_are_no_inputs() -> None:
    inputs = {
        "apiVersion": "v1",
        "kind": "ConfigMap",
        "metadata": {"name": "a", "uid": "1", "resourceVersion": "2", "labels": None},
        "data": {"x": "y", "z": None},
    }
    assert normalise(inputs) == {
        "apiVersion": "v1",
        "kind": "ConfigMap",
        "metadata": {"name": "a"},
        "data": {"x": "y"},
    }


def test_amounts_of_custom_kinds_are_their_own_business() -> None:
    inputs = {"apiVersion": "my.org/v1", "kind": "Widget", "spec": {"limits": {"cpu": "0.5"}}}
    assert normalise(inputs) == inputs


def test_a_definition_gets_the_names_that_python_cannot_write() -> None:
    inputs = {"kind": "CustomResourceDefinition", "spec": [{"x_kubernetes_preserve_unknown_fields": True}]}
    assert normalise(inputs)["spec"] == [{"x-kubernetes-preserve-unknown-fields": True}]


@pytest.mark.parametrize(
    ("live", "like", "expected"),
    [
        ({"a": 1, "b": 2}, {"a": 0}, {"a": 1}),
        ({"a": {"b": 1, "c": 2}}, {"a": {"b": 0}}, {"a": {"b": 1}}),
        ({"a": 1}, {"a": 0, "gone": 0}, {"a": 1}),
        ([{"name": "side"}, {"name": "web", "x": 1}], [{"name": "web"}], [{"name": "web"}]),
        ([{"name": "b", "v": 2}, {"name": "a", "v": 1}], [{"name": "a"}, {"name": "b"}], "as declared"),
        ([{"mountPath": "/a", "name": "v"}, {"mountPath": "/b", "name": "v"}], [{"mountPath": "/b"}], "one"),
        (
            [{"verbs": ["get"]}, {"verbs": ["*"]}],
            [{"verbs": ["get"]}],
            [{"verbs": ["get"]}, {"verbs": ["*"]}],
        ),
        (["a", "b"], ["a"], ["a", "b"]),
        ({"finalizers": ["mine", "theirs"]}, {"finalizers": ["mine"]}, {"finalizers": ["mine"]}),
    ],
)
def test_only_what_was_declared_is_compared(live: Any, like: Any, expected: Any) -> None:
    known = {"as declared": [{"name": "a"}, {"name": "b"}], "one": [{"mountPath": "/b"}]}
    wanted = known[expected] if isinstance(expected, str) else expected
    assert prune(live, like) == wanted


@pytest.mark.parametrize(
    ("metadata", "expected"),
    [({"name": "a", "namespace": "n"}, "n/a"), ({"name": "a"}, "a"), (UNKNOWN, "")],
)
def test_an_object_is_known_by_namespace_and_name(metadata: Any, expected: str) -> None:
    assert identity({"metadata": metadata}) == expected


def test_annotations_that_are_not_known_yet_are_none() -> None:
    assert annotation({"metadata": {"annotations": UNKNOWN}}, "skipAwait") == ""
