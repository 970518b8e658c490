import subprocess
import sys
from pathlib import Path

from tests.litemaas_infra.support.kubernetes import kubeconfig, kubernetes

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
