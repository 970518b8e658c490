"""A gateway that does not do what it should: the error says so, at once, and what to do."""

import base64
import http.client
import json
import ssl
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

import pytest

from litemaas_infra import names
from litemaas_infra.clients.cluster import Cluster
from litemaas_infra.errors import GatewayUnauthorized, GatewayUnreachable
from litemaas_infra.providers.site import Site
from tests.live.support.people import GatewayAdmin, kubectl, kubectl_json
from tests.live.support.pulumi import ManagedModel


def test_an_emptied_gateway_has_no_models_and_is_no_error(
    declare: Callable[..., ManagedModel], gateway: GatewayAdmin
) -> None:
    models = [declare(), declare()]
    for model in models:
        model.create()
    for model in models:
        gateway.delete(model.id)
    assert gateway.models() == []
    assert all("litellm_model" in (model.refresh() or []) for model in models)
    for model in models:
        model.delete()


@pytest.fixture
def wrong_master_key(cluster: Cluster) -> Iterator[str]:
    """A Secret that no longer holds the key the gateway was started with."""
    right = cluster.secret_value("litemaas", names.GATEWAY_SECRET, names.MASTER_KEY)
    wrong = "sk-not-the-gateways"
    _set_master_key(wrong)
    yield wrong
    _set_master_key(right)


def _set_master_key(value: str) -> None:
    data = {names.MASTER_KEY: base64.b64encode(value.encode()).decode()}
    kubectl("patch", "secret", names.GATEWAY_SECRET, "-p", json.dumps({"data": data}))


def test_a_wrong_master_key_names_its_secret(
    declare: Callable[..., ManagedModel], wrong_master_key: str
) -> None:
    with pytest.raises(GatewayUnauthorized) as raised:
        declare().create()
    message = str(raised.value)
    assert f"{names.MASTER_KEY} of Secret {names.GATEWAY_SECRET}" in message
    assert "oc rollout restart deployment/litellm" in message
    assert wrong_master_key not in message


@pytest.fixture
def no_authority() -> Iterator[None]:
    """A cluster that does not publish the authority of its Routes."""
    where = ("configmap", names.INGRESS_CA)
    kept = kubectl_json("get", *where, namespace=names.INGRESS_CA_NAMESPACE)
    kept["metadata"] = {"name": names.INGRESS_CA}
    kubectl("delete", *where, namespace=names.INGRESS_CA_NAMESPACE)
    yield
    kubectl("apply", "--server-side", "-f", "-", namespace=names.INGRESS_CA_NAMESPACE, given=kept)


@pytest.mark.usefixtures("no_authority")
def test_an_untrusted_certificate_names_the_setting_that_accepts_it(
    declare: Callable[..., ManagedModel], site: dict[str, Any]
) -> None:
    model = declare()
    with pytest.raises(
        GatewayUnreachable, match=r"is not trusted.*pulumi config set litemaas:verifyTls false"
    ):
        model.create()
    model.site = replace(Site(**site), verify_tls=False).props
    model.create()
    assert model.refresh() == []


@pytest.mark.parametrize(
    "url", ["http://model-endpoint.models.svc.cluster.local:8000", "https://10.90.0.1:6443"]
)
def test_an_address_of_something_else_is_named(
    declare: Callable[..., ManagedModel], site: dict[str, Any], url: str
) -> None:
    model = declare()
    model.site = replace(Site(**site), gateway_url=url, verify_tls=False).props
    with pytest.raises((GatewayUnreachable, GatewayUnauthorized), match=url):
        model.create()


def test_given_addresses_are_used_instead_of_the_route_and_the_port_forward(
    declare: Callable[..., ManagedModel], site: dict[str, Any]
) -> None:
    model = declare()
    model.site = replace(
        Site(**site),
        gateway_url="http://litellm.litemaas.svc.cluster.local:4000",
        database_address="litemaas-postgres.litemaas.svc.cluster.local:5432",
    ).props
    model.create()
    assert model.refresh() == []
    model.delete()


def _generate_key(connection: http.client.HTTPConnection) -> int:
    """The status of the request that CVE-2026-49468 lets through without a key."""
    connection.putrequest("POST", "/key/generate", skip_host=True)
    connection.putheader("Host", "localhost:4000/#@x")
    connection.putheader("Content-Type", "application/json")
    connection.putheader("Content-Length", "2")
    connection.endheaders(b"{}")
    status = connection.getresponse().status
    connection.close()
    return status


def test_a_crafted_host_header_opens_nothing_through_the_route(
    gateway_url: str, trust: ssl.SSLContext
) -> None:
    host = str(urlsplit(gateway_url).hostname)
    connection = http.client.HTTPSConnection(host, context=trust, timeout=20)
    assert _generate_key(connection) in (400, 401, 403, 404, 503)


def test_a_crafted_host_header_opens_nothing_at_the_gateway_itself() -> None:
    connection = http.client.HTTPConnection("litellm.litemaas.svc.cluster.local", 4000, timeout=20)
    assert _generate_key(connection) in (400, 401, 403)
