"""What the backend's settings leave to the cluster."""

import pytest

from litemaas_infra.clients.cluster import Cluster
from litemaas_infra.errors import ClusterMismatch
from litemaas_infra.kube.backend import checked_backend
from litemaas_infra.specs.backend import Backend
from litemaas_infra.specs.exposure import Exposure
from tests.litemaas_infra.support.kubernetes import FakeKubernetes

DOMAIN = "/apis/config.openshift.io/v1/ingresses/cluster"
OWN = Backend(kind="own")

pytestmark = pytest.mark.usefixtures("config")


def _checked(backend: Backend, exposure: Exposure) -> Backend:
    with Cluster() as cluster:
        return checked_backend(cluster, "other", exposure, backend)


def test_host_issuer_and_client_follow_from_domain_and_namespace(api: FakeKubernetes) -> None:
    api.objects[DOMAIN] = {"spec": {"domain": "apps.example.com"}}
    found = _checked(OWN, Exposure())
    assert (found.host, found.client_id) == ("litemaas-other.apps.example.com", "litemaas-other")
    assert found.issuer == "https://oauth-openshift.apps.example.com"


def test_those_of_the_settings_stay(api: FakeKubernetes) -> None:
    api.objects[DOMAIN] = {"spec": {"domain": "apps.example.com"}}
    own = OWN.model_copy(update={"host": "chat.example.com", "issuer": "https://a.b", "client_id": "me"})
    assert _checked(own, Exposure()) == own.model_copy(update={"authority": ""})


def test_it_trusts_the_cluster_the_gateways_address_and_whom_the_settings_name(api: FakeKubernetes) -> None:
    api.objects[DOMAIN] = {"spec": {"domain": "apps.example.com"}}
    api.put("configmaps/kube-root-ca.crt", {"data": {"ca.crt": "of the API\n"}}, "default")
    router = {"data": {"ca-bundle.crt": "of the router\n"}}
    api.put("configmaps/default-ingress-cert", router, "openshift-config-managed")
    own = OWN.model_copy(update={"authority": "of the login"})
    named = Exposure().model_copy(update={"authority": "of the gateway"})
    assert _checked(own, named).authority == "of the API\nof the router\nof the gateway\nof the login"
    inside = named.model_copy(update={"kind": "internal"})
    assert _checked(own, inside).authority == "of the API\nof the router\nof the login"


def test_kept_inside_it_has_no_host(api: FakeKubernetes) -> None:
    api.objects[DOMAIN] = {"spec": {"domain": "apps.example.com"}}
    assert _checked(OWN, Exposure(kind="internal")).host is None


def test_a_cluster_that_tells_no_domain_is_told_what_to_set() -> None:
    with pytest.raises(ClusterMismatch, match=r"backend\.host is not set.*--path litemaas:backend\.host"):
        _checked(OWN, Exposure())
    with pytest.raises(ClusterMismatch, match=r"--path litemaas:backend\.issuer VALUE"):
        _checked(OWN, Exposure(kind="internal"))


def test_one_that_is_not_deployed_is_left_as_it_is() -> None:
    assert _checked(Backend(kind="other"), Exposure()) == Backend(kind="other")


@pytest.mark.parametrize(("labels", "ours"), [({}, False), ({"app.kubernetes.io/part-of": "litemaas"}, True)])
def test_someone_elses_client_is_not_taken_over(
    api: FakeKubernetes, labels: dict[str, str], *, ours: bool
) -> None:
    api.objects[DOMAIN] = {"spec": {"domain": "apps.example.com"}}
    api.objects["/apis/oauth.openshift.io/v1/oauthclients/me"] = {"metadata": {"labels": labels}}
    own = OWN.model_copy(update={"client_id": "me"})
    if ours:
        assert _checked(own, Exposure()).client_id == "me"
    else:
        with pytest.raises(ClusterMismatch, match=r"clientId is me, .* someone else's"):
            _checked(own, Exposure())
