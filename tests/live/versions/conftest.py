"""A gateway of every version but the default, on which all other live tests run.

Each is deployed by the program, in a namespace of its own.
"""

import ssl
from collections.abc import Iterator
from typing import Any

import pytest

from litemaas_infra.clients.cluster import Cluster
from litemaas_infra.providers.site import Site
from litemaas_infra.specs.advisories import risks
from sandbox.images.litellm import DEFAULT, VERSIONS
from tests.live.support.admins import backend_admin, gateway_admin
from tests.live.support.deployed import Stack, deployed
from tests.live.support.models import ENDPOINT
from tests.live.support.people import DatabaseAdmin, GatewayAdmin

OTHERS = [version for version in VERSIONS if version != DEFAULT]
DECLARED = "granite"
"""The model that the stacks declare; the tests make others."""


@pytest.fixture(scope="session", params=OTHERS)
def version(request: pytest.FixtureRequest) -> str:
    """LiteLLM's, one after the other: the node has room for one more gateway."""
    found: str = request.param
    return found


@pytest.fixture(scope="session")
def namespace(version: str) -> str:
    return f"litemaas-{version.replace('.', '-')}"


@pytest.fixture(scope="session")
def stack(version: str, namespace: str, endpoint_key: str) -> Iterator[Stack]:
    """The program, deployed with nothing unusual but the version."""
    model = {
        "model_name": DECLARED,
        "litellm_model": "openai/granite-3-2-8b-instruct",
        "api_base": ENDPOINT,
        "api_key": endpoint_key,
        "rpm": 1000,
    }
    settings = {
        "namespace": namespace,
        "storageClass": "gp3-csi",
        "litellmVersion": version,
        "acceptedRisks": [risk.id for risk in risks(version)],
        "models": [model],
    }
    with deployed(namespace, settings) as stack:
        yield stack


@pytest.fixture(scope="session")
def site(stack: Stack) -> dict[str, Any]:
    return Site(stack.name).props


@pytest.fixture(scope="session")
def gateway(stack: Stack, cluster: Cluster, trust: ssl.SSLContext) -> Iterator[GatewayAdmin]:
    with gateway_admin(cluster, stack.name, stack.outputs()["gateway_url"], trust) as admin:
        yield admin


@pytest.fixture
def database(stack: Stack, cluster: Cluster) -> Iterator[DatabaseAdmin]:
    with backend_admin(cluster, stack.name) as admin:
        yield admin
