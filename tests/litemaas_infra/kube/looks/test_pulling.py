from litemaas_infra.clients.cluster import Cluster
from litemaas_infra.kube.looks import pulling
from tests.litemaas_infra.support.kubernetes import FakeKubernetes

NAMESPACE = "/api/v1/namespaces/litemaas"


def _problems(cluster: Cluster) -> list[str]:
    return pulling.problems(cluster, "litemaas", ("quay", "other"))


def test_secrets_that_are_there_pass(cluster: Cluster, api: FakeKubernetes) -> None:
    api.put("secrets/quay", {"type": "kubernetes.io/dockerconfigjson"})
    api.put("secrets/other", {"type": "kubernetes.io/dockercfg"})
    assert _problems(cluster) == []


def test_each_secret_that_is_missing_is_named_with_the_command_that_makes_it(
    cluster: Cluster, api: FakeKubernetes
) -> None:
    api.objects[NAMESPACE] = {}
    api.put("secrets/quay", {"type": "Opaque"})
    of_another_type, missing = _problems(cluster)
    assert "litemaas:pullSecrets names quay, which is of type Opaque; " in of_another_type
    assert "litemaas:pullSecrets names other, which is not in namespace litemaas; " in missing
    assert missing.endswith(
        ": oc create secret generic other -n litemaas --type kubernetes.io/dockerconfigjson "
        "--from-file .dockerconfigjson=FILE"
    )


def test_a_namespace_that_is_not_there_yet_is_to_be_made_first(cluster: Cluster) -> None:
    for problem in _problems(cluster):
        assert ": oc create namespace litemaas && oc create secret" in problem
