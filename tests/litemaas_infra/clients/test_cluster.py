"""Reading the cluster, against an HTTP server that answers as the Kubernetes API does."""

import base64
import socket
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from litemaas_infra.clients import cluster as clusters
from litemaas_infra.clients.cluster import Cluster
from litemaas_infra.errors import ClusterError, ClusterRefused, ClusterUnreachable, NotInCluster
from tests.litemaas_infra.support.certificates import private_and_certificate
from tests.litemaas_infra.support.kubernetes import FakeKubernetes, kubeconfig, kubernetes, secret
from tests.litemaas_infra.support.web import Answer, free_port, serving

SECRET = "/api/v1/namespaces/litemaas/secrets/litellm-secret"


@pytest.fixture
def cluster(config: Path) -> Iterator[Cluster]:
    with Cluster(str(config)) as connection:
        yield connection


def _connect(path: Path, context: str | None = None) -> str:
    """What the user is told when connecting fails."""
    with pytest.raises(ClusterError) as caught, Cluster(str(path), context):
        pass
    assert "litemaas:context" in str(caught.value)
    assert "developer.mozilla.org" not in str(caught.value)
    return str(caught.value)


def test_a_secrets_values_come_decoded(cluster: Cluster, api: FakeKubernetes) -> None:
    api.put("secrets/litellm-secret", secret(LITELLM_MASTER_KEY="sk-1", UI_USERNAME="admin"))
    values = cluster.secret("litemaas", "litellm-secret")
    assert values == {"LITELLM_MASTER_KEY": "sk-1", "UI_USERNAME": "admin"}
    assert cluster.secret_value("litemaas", "litellm-secret", "UI_USERNAME") == "admin"


def test_a_secret_without_data_has_no_values(cluster: Cluster, api: FakeKubernetes) -> None:
    api.put("secrets/litellm-secret", {"metadata": {}})
    assert cluster.secret("litemaas", "litellm-secret") == {}


def test_a_value_that_is_no_text_does_not_hide_the_others(cluster: Cluster, api: FakeKubernetes) -> None:
    api.put("secrets/litellm-secret", {"data": {"keystore": "/u3+7Q==", **secret(A="b")["data"]}})
    assert cluster.secret_value("litemaas", "litellm-secret", "A") == "b"


def test_a_missing_secret_is_none_and_its_values_an_error(cluster: Cluster) -> None:
    assert cluster.secret("litemaas", "litellm-secret") is None
    with pytest.raises(
        NotInCluster, match=r"Secret litellm-secret is not in namespace litemaas; `pulumi up`"
    ):
        cluster.secret_value("litemaas", "litellm-secret", "A")


def test_a_missing_key_of_a_secret_is_named(cluster: Cluster, api: FakeKubernetes) -> None:
    api.put("secrets/litellm-secret", secret(A="b"))
    with pytest.raises(NotInCluster, match="litellm-secret in namespace litemaas lacks LITELLM_MASTER_KEY"):
        cluster.secret_value("litemaas", "litellm-secret", "LITELLM_MASTER_KEY")


def test_what_we_may_not_read_is_refused_with_the_clusters_reason(
    cluster: Cluster, api: FakeKubernetes
) -> None:
    api.forbidden.add(SECRET)
    with pytest.raises(ClusterRefused, match=r'not let you read secrets/litellm-secret: User "someone"'):
        cluster.secret("litemaas", "litellm-secret")


def test_a_server_error_is_no_missing_object(config: Path, tmp_path: Path) -> None:
    del config
    responder = {"/version/": Answer(200, {"gitVersion": "v1.34.0"})}
    with serving(lambda request: responder.get(request.path, Answer(500))) as server:
        path = kubeconfig(tmp_path / "other", test=server.url)
        with Cluster(str(path)) as connection, pytest.raises(ClusterRefused, match="status 500"):
            connection.get("v1", "secrets/litellm-secret", "litemaas")


def test_it_knows_the_servers_address(cluster: Cluster, api: FakeKubernetes) -> None:
    assert cluster.server == api.url


def test_the_context_that_is_named_is_used_and_else_the_current_one(
    api: FakeKubernetes, tmp_path: Path
) -> None:
    with kubernetes() as other:
        path = kubeconfig(tmp_path / "kubeconfig", current=api.url, other=other.url)
        for context, expected in [("other", other), (None, api), ("current", api), (None, api)]:
            with Cluster(str(path), context) as connection:
                assert connection.server == expected.url


def test_two_connections_of_one_kubeconfig_work_at_once_and_after_each_other(
    config: Path, api: FakeKubernetes
) -> None:
    api.put("secrets/s", secret(A="b"))
    for _ in range(5):
        with Cluster(str(config)) as one, Cluster(str(config)) as two:
            assert one.secret("litemaas", "s") == two.secret("litemaas", "s") == {"A": "b"}


def test_a_context_that_the_kubeconfig_lacks_is_named(config: Path) -> None:
    assert "elsewhere" in _connect(config, "elsewhere")


def test_without_a_kubeconfig_the_user_is_told(tmp_path: Path) -> None:
    assert "cannot be reached" in _connect(tmp_path / "none")


@pytest.mark.parametrize("content", ["", "{}", "contexts: [", "kind: Config\ncontexts: []", "- 1", "\x00"])
def test_a_broken_kubeconfig_is_an_error_of_ours(tmp_path: Path, content: str) -> None:
    path = tmp_path / "kubeconfig"
    path.write_text(content)
    _connect(path)


def test_no_line_of_a_broken_kubeconfig_is_shown(tmp_path: Path) -> None:
    path = tmp_path / "kubeconfig"
    path.write_text("users: [{name: a, user: {token: 'sha256~secret")
    assert "secret" not in _connect(path)


def test_no_copy_of_an_embedded_key_stays_behind(
    api: FakeKubernetes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "copies").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "copies"))
    pem = base64.b64encode(private_and_certificate(tmp_path)).decode()
    user = {"client-key-data": pem, "client-certificate-data": pem}
    path = kubeconfig(tmp_path / "kubeconfig", user=user, test=api.url)
    for _ in range(2):
        with Cluster(str(path)) as connection:
            assert connection.get("v1", "secrets/none", "litemaas") is None
            # Not even while the connection lasts, which may end by a kill.
            assert list((tmp_path / "copies").iterdir()) == []
        assert list((tmp_path / "copies").iterdir()) == []


def test_a_login_program_that_is_missing_is_an_error_of_ours(config: Path) -> None:
    command = {"exec": {"apiVersion": "client.authentication.k8s.io/v1", "command": "no-such-program"}}
    assert "no-such-program" in _connect(kubeconfig(config, user=command, test="http://127.0.0.1"))


def test_a_server_that_is_not_there_is_reported_within_seconds(tmp_path: Path) -> None:
    path = kubeconfig(tmp_path / "kubeconfig", test=f"http://127.0.0.1:{free_port()}")
    begun = time.monotonic()
    assert "cannot be reached" in _connect(path)
    assert time.monotonic() - begun < 3


def test_a_server_that_is_no_kubernetes_is_reported(tmp_path: Path) -> None:
    for answer in (Answer(200, "<html>"), Answer(200, {}), Answer(200, "[]"), Answer(404), Answer(500)):
        with serving(lambda _, answer=answer: answer) as server:  # type: ignore[misc]
            _connect(kubeconfig(tmp_path / "kubeconfig", test=server.url))


def test_a_login_that_has_expired_is_reported(config: Path, api: FakeKubernetes) -> None:
    api.forbidden.add("/version")
    assert "oc whoami" in _connect(config)


def test_a_server_that_does_not_answer_is_not_waited_for(
    config: Path, api: FakeKubernetes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clusters, "TIMEOUT", 0.3)
    api.hanging.add("/version")
    begun = time.monotonic()
    assert "did not answer within" in _connect(config)
    assert time.monotonic() - begun < 3


def test_a_request_that_is_not_answered_is_not_waited_for(
    config: Path, api: FakeKubernetes, monkeypatch: pytest.MonkeyPatch
) -> None:
    api.hanging.add(SECRET)
    with Cluster(str(config)) as connection:
        monkeypatch.setattr(clusters, "TIMEOUT", 0.3)
        with pytest.raises(ClusterUnreachable, match="did not answer within"):
            connection.secret("litemaas", "litellm-secret")


def test_a_server_that_never_takes_up_is_not_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clusters, "TIMEOUT", 0.3)
    with socket.create_server(("127.0.0.1", 0), backlog=0) as silent:
        address = f"http://127.0.0.1:{silent.getsockname()[1]}"
        _connect(kubeconfig(tmp_path / "kubeconfig", test=address))
