"""The way to a deployment's services, and its end."""

import subprocess
import sys
from pathlib import Path

import pytest

from litemaas_infra.providers.session import session
from litemaas_infra.providers.site import Site
from tests.litemaas_infra.support.certificates import self_signed
from tests.litemaas_infra.support.kubernetes import FakeKubernetes, kubeconfig, kubernetes, secret
from tests.litemaas_infra.support.litellm import MASTER_KEY, FakeLiteLLM
from tests.litemaas_infra.support.web import serving

CHECKOUT = Path(__file__).parents[3]
PROCESS = """
from litemaas_infra.providers.session import session
from litemaas_infra.providers.site import Site

assert not session(Site("litemaas")).exists()
"""


def test_a_process_that_used_a_session_ends_by_itself(tmp_path: Path) -> None:
    with kubernetes() as cluster:
        environment = {"KUBECONFIG": str(kubeconfig(tmp_path / "config", here=cluster.url))}
        command = [sys.executable, "-c", PROCESS]
        subprocess.run(command, cwd=CHECKOUT, env=environment, check=True, timeout=60)


@pytest.mark.usefixtures("config")
@pytest.mark.parametrize("tls", [False, True])
def test_a_pod_is_asked_in_what_it_speaks(api: FakeKubernetes, tmp_path: Path, *, tls: bool) -> None:
    own = self_signed(tmp_path, "litellm.litemaas.svc")
    volumes = [{"name": "litellm-serving", "secret": {"secretName": "own"}}] if tls else []
    deployment = {"spec": {"template": {"spec": {"volumes": volumes}}}}
    api.objects["/apis/apps/v1/namespaces/litemaas/deployments/litellm"] = deployment
    api.put("secrets/own", secret(**{"ca.crt": own.certificate}))
    api.put("secrets/litellm-secret", secret(LITELLM_MASTER_KEY=MASTER_KEY))
    with serving(FakeLiteLLM(models={"a": {}}), own.server if tls else None) as server:
        port = int(server.url.rpartition(":")[2])
        with session(Site("litemaas")).inside(port) as wire:
            assert wire.send("GET", "/model/info").status_code == 200
