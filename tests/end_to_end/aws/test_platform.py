"""What the deployment is on the platform: its volume's class, and its pods under restricted-v2."""

import pytest

from tests.end_to_end.support.sandbox import NAMESPACE, Object, found, oc

pytestmark = pytest.mark.usefixtures("deployed")


@pytest.fixture(scope="module")
def pods() -> list[Object]:
    items: list[Object] = found("pods")["items"]
    assert {pod["metadata"]["labels"]["app"] for pod in items} == {
        "litellm",
        "litellm-migration",
        "litemaas-postgres",
    }
    return items


def test_the_volume_is_bound_and_of_the_platform_s_class() -> None:
    claim = found("pvc", "data-litemaas-postgres-0")
    assert claim["status"]["phase"] == "Bound"
    assert claim["spec"]["storageClassName"] == "gp3-csi"
    assert claim["status"]["capacity"]["storage"] == "10Gi"


def test_the_pods_run_under_restricted_v2(pods: list[Object]) -> None:
    assert {pod["metadata"]["annotations"]["openshift.io/scc"] for pod in pods} == {"restricted-v2"}


def test_the_pods_run_as_users_of_their_namespace_s_range(pods: list[Object]) -> None:
    annotations = found("namespace", NAMESPACE)["metadata"]["annotations"]
    first, _, size = annotations["openshift.io/sa.scc.uid-range"].partition("/")
    running = [pod for pod in pods if pod["status"]["phase"] == "Running"]
    assert len(running) == 2
    for pod in running:
        user = int(oc("exec", "-n", NAMESPACE, pod["metadata"]["name"], "-c", main(pod), "--", "id", "-u"))
        assert int(first) <= user < int(first) + int(size)


def test_nothing_was_restarted_on_the_way(pods: list[Object]) -> None:
    assert {status["restartCount"] for pod in pods for status in pod["status"]["containerStatuses"]} == {0}


def main(pod: Object) -> str:
    return str(pod["spec"]["containers"][0]["name"])
