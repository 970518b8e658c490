"""`make up FLAVOUR=plain`: the stack `local`, unmodified, on plain Kubernetes."""

import pytest

from tests.end_to_end.support.commands import Done
from tests.end_to_end.support.gateway import Gateway
from tests.end_to_end.support.pulumi import Stack
from tests.end_to_end.support.sandbox import NAMESPACE, Object, found, names, oc

URL = "http://litellm.localhost"


@pytest.fixture(scope="module")
def pods(deployed: Done) -> list[Object]:
    del deployed
    items: list[Object] = found("pods")["items"]
    return items


def test_it_ends_with_the_address_of_the_gateway(deployed: Done) -> None:
    deployed.says(f'gateway_url           : "{URL}"')


def test_a_model_answers_through_the_ingress(deployed: Done) -> None:
    del deployed
    answer = Gateway.at(URL).virtual_key().completes("granite-3-2-8b-instruct")
    assert answer == "This is granite-3-2-8b-instruct. You said: What is OpenShift?"


def test_the_ingress_is_of_the_clusters_default_class(deployed: Done) -> None:
    del deployed
    assert found("ingress", "litellm")["spec"]["ingressClassName"] == "traefik"


def test_the_volume_is_of_the_clusters_default_class(deployed: Done) -> None:
    del deployed
    claim = found("pvc", "data-litemaas-postgres-0")
    assert (claim["spec"]["storageClassName"], claim["status"]["phase"]) == ("standard", "Bound")


def test_the_pods_run_as_a_user_without_rights(pods: list[Object]) -> None:
    assert {pod["metadata"]["labels"]["app"] for pod in pods} == {
        "litellm",
        "litellm-migration",
        "litemaas-postgres",
    }
    running = [pod for pod in pods if pod["status"]["phase"] == "Running"]
    assert len(running) == 2
    for pod in running:
        container = pod["spec"]["containers"][0]["name"]
        user = oc("exec", "-n", NAMESPACE, pod["metadata"]["name"], "-c", container, "--", "id", "-u")
        assert user == "10001\n"


def test_the_pods_are_such_as_kubernetes_own_restricted_level_admits(pods: list[Object]) -> None:
    labelled = ("label", "namespace", NAMESPACE, "pod-security.kubernetes.io/enforce=restricted")
    done = oc(*labelled, "--dry-run=server", "--overwrite")
    assert pods
    assert "Warning" not in done


def test_nothing_of_openshift_is_there(deployed: Done) -> None:
    del deployed
    assert not [kind for kind in names("crd") if "openshift" in kind]


def test_a_second_up_changes_nothing(deployed: Done, stack: Stack) -> None:
    del deployed
    stack.unchanged()
