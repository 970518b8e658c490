"""What the cluster cannot give ends in one clear message before anything is changed."""

import pytest

from tests.end_to_end.support.pulumi import Stack
from tests.end_to_end.support.sandbox import found

PATIENCE = 60.0
"""Seconds after which a user must know what is wrong."""

pytestmark = pytest.mark.usefixtures("deployed")


@pytest.mark.parametrize(
    ("path", "value", "otherwise", "words"),
    [
        (
            "exposure.kind",
            "route",
            "ingress",
            ("litemaas:exposure.kind is route, and the cluster at", "has no Routes", "exposure.kind ingress"),
        ),
        (
            "exposure.ingressClass",
            "nginx",
            None,
            ("litemaas:exposure.ingressClass is nginx, which the cluster at", "it has: traefik"),
        ),
        (
            "exposure.host",
            "",
            "litellm.localhost",
            ("litemaas:exposure.host: is not set", "pulumi config set --path 'litemaas:exposure.host'"),
        ),
        (
            "exposure.certificateSecret",
            "own",
            None,
            ("namespace litemaas has no Secret", "kubectl create secret tls own -n litemaas"),
        ),
        ("storageClass", "gp3-csi", None, ("storageClass is gp3-csi, which the cluster", "it has: standard")),
        (
            "storageSize",
            "20Gi",
            "10Gi",
            ("volumes of class standard cannot grow to 20Gi", "storageSize 10Gi"),
        ),
    ],
)
def test_it_is_told_at_once_with_the_way_out(
    stack: Stack, path: str, value: str, otherwise: str | None, words: tuple[str, ...]
) -> None:
    before = found("ingress", "litellm")["metadata"]["resourceVersion"]
    if path == "exposure.certificateSecret":
        stack.set("exposure.tls", "edge")
    with stack.with_setting(path, value, otherwise):
        done = stack.up()
    stack.set("exposure.tls", "none")
    done.failed(within=PATIENCE).says(*words)
    assert found("ingress", "litellm")["metadata"]["resourceVersion"] == before
