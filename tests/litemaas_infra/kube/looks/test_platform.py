import pytest

from litemaas_infra.clients.cluster import Cluster
from litemaas_infra.kube.looks import platform
from tests.litemaas_infra.support.kubernetes import FakeKubernetes

CONFIG = "/apis/config.openshift.io/v1"
INFRASTRUCTURE = f"{CONFIG}/infrastructures/cluster"
INGRESS = f"{CONFIG}/ingresses/cluster"


@pytest.mark.parametrize(
    "status", [{"platformStatus": {"type": "AWS"}, "platform": "AWS"}, {"platform": "AWS"}]
)
def test_the_platform_is_what_openshift_says(cluster: Cluster, api: FakeKubernetes, status: object) -> None:
    api.objects[INFRASTRUCTURE] = {"status": status}
    assert platform.platform(cluster) == "AWS"
    assert platform.problems(cluster, "aws") == []
    assert platform.problems(cluster, None) == []


def test_another_platform_is_named_with_the_expected_one_and_the_way_out(
    cluster: Cluster, api: FakeKubernetes
) -> None:
    api.objects[INFRASTRUCTURE] = {"status": {"platformStatus": {"type": "BareMetal"}}}
    (problem,) = platform.problems(cluster, "AWS")
    assert problem.startswith("litemaas:platform is AWS, but the cluster says that it runs on BareMetal: ")
    assert problem.endswith("pulumi config set litemaas:platform BareMetal")


def test_a_platform_that_is_not_told_contradicts_nothing(cluster: Cluster, api: FakeKubernetes) -> None:
    assert platform.problems(cluster, "AWS") == []
    api.forbidden |= {INFRASTRUCTURE, INGRESS}
    assert platform.problems(cluster, "AWS") == []
    assert platform.platform(cluster) is None
    assert platform.apps_domain(cluster) is None


def test_the_domain_is_that_of_applications_where_there_is_one(cluster: Cluster, api: FakeKubernetes) -> None:
    api.objects[INGRESS] = {"spec": {"domain": "apps.example.com"}}
    assert platform.apps_domain(cluster) == "apps.example.com"
    api.objects[INGRESS] = {"spec": {"domain": "apps.example.com", "appsDomain": "own.example.com"}}
    assert platform.apps_domain(cluster) == "own.example.com"
