"""What is asked of a model's endpoint before it is registered, and of the model afterwards."""

import json
import secrets
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from litemaas_infra.errors import ClusterMismatch, EndpointRefused, ModelUnproven
from tests.live.support.people import DatabaseAdmin, GatewayAdmin, kubectl
from tests.live.support.pulumi import ManagedModel

KIND: dict[str, Any] = {
    "apiVersion": "apiextensions.k8s.io/v1",
    "kind": "CustomResourceDefinition",
    "metadata": {"name": "inferenceservices.serving.kserve.io"},
    "spec": {
        "group": "serving.kserve.io",
        "scope": "Namespaced",
        "names": {"plural": "inferenceservices", "singular": "inferenceservice", "kind": "InferenceService"},
        "versions": [
            {
                "name": "v1beta1",
                "served": True,
                "storage": True,
                "subresources": {"status": {}},
                "schema": {
                    "openAPIV3Schema": {"type": "object", "x-kubernetes-preserve-unknown-fields": True}
                },
            }
        ],
    },
}
"""KServe's kind, as far as anyone reads it here."""


def test_a_model_that_the_endpoint_does_not_serve_is_refused_with_those_it_does(
    declare: Callable[..., ManagedModel], gateway: GatewayAdmin, endpoint_key: str
) -> None:
    model = declare(discover=True, api_key=endpoint_key, litellm_model="openai/nothing-such")
    with pytest.raises(EndpointRefused, match="granite-3-2-8b-instruct, mistral-7b-instruct"):
        model.create()
    assert gateway.named(model.name) == []


def test_a_wrong_key_is_refused_before_the_gateway_has_the_model(
    declare: Callable[..., ManagedModel], gateway: GatewayAdmin
) -> None:
    model = declare(discover=True, api_key="sk-wrong")
    with pytest.raises(EndpointRefused, match="does not accept the key"):
        model.create()
    assert gateway.named(model.name) == []


def test_a_proved_model_is_registered(
    declare: Callable[..., ManagedModel], gateway: GatewayAdmin, endpoint_key: str
) -> None:
    model = declare(discover=True, prove=True, api_key=endpoint_key)
    model.create()
    assert model.refresh() == []
    assert len(gateway.named(model.name)) == 1


def test_a_model_that_does_not_answer_is_not_registered(
    declare: Callable[..., ManagedModel], gateway: GatewayAdmin, database: DatabaseAdmin
) -> None:
    model = declare(prove=True, api_key="sk-wrong")
    with pytest.raises(ModelUnproven) as caught:
        model.create()
    assert "`prove` to false" in str(caught.value)
    assert "sk-wrong" not in str(caught.value)
    assert gateway.named(model.name) == []
    assert database.row(model.name) is None


@pytest.fixture
def secret(endpoint_key: str) -> Iterator[str]:
    """A Secret with the endpoint's key, and a wrong one."""
    name = f"live-{secrets.token_hex(4)}"
    data = {"right": endpoint_key, "wrong": "sk-wrong"}
    given = {"apiVersion": "v1", "kind": "Secret", "metadata": {"name": name}, "stringData": data}
    kubectl("apply", "-f", "-", given=given)
    yield name
    kubectl("delete", "secret", name)


def test_a_key_of_a_secret_is_used_and_its_change_is_seen(
    declare: Callable[..., ManagedModel], gateway: GatewayAdmin, secret: str, endpoint_key: str
) -> None:
    model = declare(api_key=None, api_key_secret=f"{secret}/right", discover=True, prove=True)
    model.create()
    assert gateway.complete(model.name).status_code == 200
    assert model.refresh() == []
    assert endpoint_key not in json.dumps(model.state)
    kubectl("patch", "secret", secret, "-p", json.dumps({"stringData": {"right": "sk-new"}}))
    assert model.refresh() == ["api_key_secret"]


@pytest.fixture
def service() -> Iterator[Callable[[dict[str, Any]], str]]:
    """Makes an InferenceService of a status."""
    kubectl("apply", "-f", "-", given=KIND)
    kubectl("wait", "--for=condition=Established", f"crd/{KIND['metadata']['name']}", "--timeout=30s")
    made: list[str] = []

    def make(status: dict[str, Any]) -> str:
        made.append(f"live-{secrets.token_hex(4)}")
        meta = {"name": made[-1]}
        kubectl(
            "apply",
            "-f",
            "-",
            given={"apiVersion": "serving.kserve.io/v1beta1", "kind": "InferenceService", "metadata": meta},
        )
        patch = json.dumps({"status": status})
        kubectl("patch", "inferenceservice", made[-1], "--subresource=status", "--type=merge", "-p", patch)
        return f"litemaas/{made[-1]}"

    yield make
    kubectl("delete", "crd", KIND["metadata"]["name"])


def test_an_inference_services_address_is_the_models(
    declare: Callable[..., ManagedModel],
    service: Callable[[dict[str, Any]], str],
    gateway: GatewayAdmin,
    endpoint_key: str,
) -> None:
    reference = service({"url": "http://model-endpoint.models.svc:8000"})
    model = declare(api_base=None, inference_service=reference, api_key=endpoint_key, discover=True)
    model.create()
    assert gateway.complete(model.name).status_code == 200
    assert model.refresh() == []
    waiting = service({"conditions": [{"type": "Ready", "status": "False", "message": "no GPU left"}]})
    other = declare(api_base=None, inference_service=waiting, api_key=endpoint_key)
    with pytest.raises(ClusterMismatch, match="no GPU left"):
        other.create()
