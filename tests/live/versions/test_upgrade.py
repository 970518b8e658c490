"""A deployment of an older LiteLLM takes its models along to the default one."""

import pytest

from sandbox.images.litellm import DEFAULT, VERSIONS
from tests.live.support.deployed import Stack
from tests.live.support.people import GatewayAdmin
from tests.live.versions.conftest import DECLARED, OTHERS

OLDER = [version for version in OTHERS if VERSIONS.index(version) < VERSIONS.index(DEFAULT)]


# The last test of each of these stacks, which is another one afterwards.
@pytest.mark.parametrize("version", OLDER, indirect=True, scope="session")
def test_an_upgrade_changes_no_model(stack: Stack, gateway: GatewayAdmin) -> None:
    stack.set("litellmVersion", DEFAULT)
    stack.up()
    stack.unchanged()
    answer = gateway.complete(DECLARED)
    assert answer.status_code == 200, answer.text
    assert answer.headers["x-litellm-version"] == DEFAULT
    assert answer.headers["x-litellm-model-id"] == stack.outputs()["models"][DECLARED]
