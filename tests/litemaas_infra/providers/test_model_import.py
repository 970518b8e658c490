import subprocess
import sys
from pathlib import Path

CHECKOUT = Path(__file__).parents[3]
PROCESS = """
import sys
import litemaas_infra.providers.model

assert not {"httpx", "kr8s", "psycopg"} & set(sys.modules)
"""


def test_a_run_that_only_compares_models_loads_nothing_that_leads_to_the_cluster() -> None:
    subprocess.run([sys.executable, "-c", PROCESS], cwd=CHECKOUT, check=True, timeout=60)
