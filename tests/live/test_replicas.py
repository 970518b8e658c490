"""With several replicas of the gateway, models count as registered once each of them serves them."""

from collections.abc import Callable, Iterator
from typing import Any

import httpx
import pytest

from litemaas_infra import names
from litemaas_infra.clients.cluster import Cluster
from litemaas_infra.clients.portforward import forwarded
from litemaas_infra.errors import ModelUnserved
from litemaas_infra.providers import served
from litemaas_infra.providers.served import ServedProvider
from tests.live.support.people import kubectl, kubectl_json
from tests.live.support.pulumi import ManagedModel, new_process


@pytest.fixture(scope="module")
def pods() -> Iterator[list[str]]:
    """The gateway's two replicas."""
    _scale(2)
    found = kubectl_json("get", "pods", "-l", f"app={names.GATEWAY}")["items"]
    yield [pod["metadata"]["name"] for pod in found]
    _scale(1)


def _scale(replicas: int) -> None:
    kubectl("scale", "deployment", names.GATEWAY, f"--replicas={replicas}")
    kubectl("rollout", "status", f"deployment/{names.GATEWAY}", "--timeout=120s")


@pytest.fixture
def model(declare: Callable[..., ManagedModel]) -> ManagedModel:
    made = declare()
    made.create()
    return made


def test_a_model_is_waited_for_until_every_replica_serves_it(
    pods: list[str], model: ManagedModel, site: dict[str, Any], cluster: Cluster
) -> None:
    ServedProvider().create({"site": site, "ids": [model.id]})
    key = cluster.secret_value("litemaas", names.GATEWAY_SECRET, names.MASTER_KEY)
    for pod in pods:
        with forwarded(cluster, "litemaas", pod, names.GATEWAY_PORT) as port:
            url = f"http://127.0.0.1:{port}/model/info"
            listed = (
                httpx.get(url, headers={"Authorization": f"Bearer {key}"}).raise_for_status().json()["data"]
            )
        assert model.id in {found["model_info"]["id"] for found in listed}


def test_a_wait_that_is_in_vain_ends_and_names_who_lags(
    pods: list[str], model: ManagedModel, site: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(served, "LAG", 1.0)
    new_process(site)
    with pytest.raises(ModelUnserved) as caught:
        ServedProvider().update("served", {}, {"site": site, "ids": [model.id, "never-made"]})
    message = str(caught.value)
    assert all(pod in message for pod in pods)
    assert "of 2" in message
    assert "oc logs" in message
