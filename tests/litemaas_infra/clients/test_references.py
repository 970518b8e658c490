"""What a model's references to the cluster mean, against a server that answers as the Kubernetes API does."""

from collections.abc import Iterator

import pytest

from litemaas_infra.clients.cluster import Cluster
from litemaas_infra.clients.references import effective
from litemaas_infra.errors import ClusterMismatch, NotInCluster
from tests.litemaas_infra.support.kubernetes import FakeKubernetes, secret
from tests.litemaas_infra.support.models import granite

SERVICE = "/apis/serving.kserve.io/v1beta1/namespaces/models/inferenceservices/granite"
KEYED = granite(api_key=None, api_key_secret="keys/granite")
SERVED = granite(api_base=None, inference_service="models/granite")

pytestmark = pytest.mark.usefixtures("config")


@pytest.fixture
def cluster(config: object) -> Iterator[Cluster]:
    del config
    with Cluster() as connection:
        yield connection


def test_a_model_without_references_is_what_it_is(cluster: Cluster) -> None:
    assert effective(cluster, "litemaas", granite()) == granite()


@pytest.mark.parametrize(
    ("reference", "namespace"), [("keys/granite", "litemaas"), ("other/keys/granite", "other")]
)
def test_a_key_is_read_where_the_reference_says(
    cluster: Cluster, api: FakeKubernetes, reference: str, namespace: str
) -> None:
    api.put("secrets/keys", secret(granite="sk-kept\n"), namespace)
    found = effective(cluster, "litemaas", granite(api_key=None, api_key_secret=reference))
    assert found.api_key is not None
    assert found.api_key.get_secret_value() == "sk-kept"


def test_a_secret_that_is_not_there_is_named_with_the_command_that_makes_it(cluster: Cluster) -> None:
    with pytest.raises(
        NotInCluster, match=r"'granite'.*Secret keys of namespace litemaas.*--from-file=granite="
    ):
        effective(cluster, "litemaas", KEYED)


@pytest.mark.parametrize("values", [{"other": "x"}, {"granite": ""}])
def test_a_key_that_is_not_in_its_secret_is_named(
    cluster: Cluster, api: FakeKubernetes, values: dict[str, str]
) -> None:
    api.put("secrets/keys", secret(**values))
    with pytest.raises(NotInCluster, match=r"granite of Secret keys.*correct the reference or the Secret"):
        effective(cluster, "litemaas", KEYED)


@pytest.mark.parametrize(
    "status",
    [{"url": "https://granite.example.com"}, {"address": {"url": "https://granite.example.com/v1/"}}],
)
def test_an_inference_services_address_is_where_its_model_answers(
    cluster: Cluster, api: FakeKubernetes, status: dict[str, object]
) -> None:
    api.objects[SERVICE] = {"status": status}
    assert effective(cluster, "litemaas", SERVED).api_base == "https://granite.example.com/v1"


def test_an_inference_service_that_is_not_ready_tells_why(cluster: Cluster, api: FakeKubernetes) -> None:
    unmet = {"type": "Ready", "status": "False", "message": "Revision failed: no GPU"}
    api.objects[SERVICE] = {"status": {"conditions": [unmet]}}
    with pytest.raises(ClusterMismatch, match=r"granite of namespace models has no address yet: .*no GPU"):
        effective(cluster, "litemaas", SERVED)


def test_an_inference_service_that_is_not_there_is_named(cluster: Cluster) -> None:
    with pytest.raises(
        NotInCluster, match="InferenceService granite of namespace models, which is not there"
    ):
        effective(cluster, "litemaas", SERVED)
