import pytest

from litemaas_infra.clients.cluster import Cluster
from litemaas_infra.kube.kinds import MONITORS, Kind
from litemaas_infra.kube.looks import apis
from tests.litemaas_infra.support.kubernetes import FakeKubernetes, served

pytestmark = pytest.mark.filterwarnings("ignore:Kubernetes version")

ROUTES = "route.openshift.io/v1"
KINDS = (Kind("apps/v1", "deployments"), Kind(ROUTES, "routes"), Kind(ROUTES, "routes/custom-host"))


@pytest.fixture(autouse=True)
def routes(api: FakeKubernetes) -> None:
    api.objects[f"/apis/{ROUTES}"] = served("routes")


def test_a_cluster_that_has_everything_passes(cluster: Cluster) -> None:
    assert apis.problems(cluster, KINDS) == []


def test_kinds_that_are_not_there_are_named(cluster: Cluster, api: FakeKubernetes) -> None:
    del api.objects["/apis/route.openshift.io/v1"]
    api.objects["/apis/apps/v1"] = served("statefulsets")
    assert apis.problems(cluster, KINDS) == [
        "it has no deployments.apps, routes.route.openshift.io, which this stack declares"
    ]


def test_what_to_do_without_a_kind_is_told_once(cluster: Cluster) -> None:
    kinds = (*KINDS, *MONITORS)
    (problem,) = apis.problems(cluster, kinds)
    assert problem == (
        "it has no servicemonitors.monitoring.coreos.com, prometheusrules.monitoring.coreos.com, which this "
        "stack declares; let its administrators install the Prometheus operator, or "
        "pulumi config set --path litemaas:monitoring.enabled false"
    )


@pytest.mark.parametrize("version", ["v1.28.0", "v1.34.4+abc123", "v2.0.0", "dev"])
def test_a_version_that_will_do_passes(cluster: Cluster, api: FakeKubernetes, version: str) -> None:
    api.version = {"gitVersion": version}
    assert apis.problems(cluster, KINDS) == []


def test_a_version_that_is_too_old_is_told(cluster: Cluster, api: FakeKubernetes) -> None:
    api.version = {"gitVersion": "v1.27.9+abc"}
    (problem,) = apis.problems(cluster, KINDS)
    assert problem == "it is Kubernetes v1.27.9+abc, and the oldest that will do is 1.28 (OpenShift 4.15)"
