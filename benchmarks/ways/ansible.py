"""The Ansible role's steps, run by Ansible itself: a process for every step of every model, in order."""

import json
import os
import subprocess
import tempfile
from pathlib import Path
from typing import Final

from benchmarks.deployment import Deployment
from benchmarks.models import CHANGED_RPM, RPM, models
from benchmarks.ways.way import Told, Way
from litemaas_infra import names

PLAYBOOKS: Final = Path(__file__).parents[1] / "playbooks"


class Ansible(Way):
    """`ansible-playbook` on steps like the role's. It has no way to look whether anything has drifted."""

    operations = ("register", "no-op", "change", "destroy")

    def __init__(self, deployment: Deployment) -> None:
        self._deployment = deployment

    def run(self, operation: str, count: int) -> Told:
        """Registering again and changing are the same run as registering: the role looks at nothing."""
        rpm = CHANGED_RPM if operation == "change" else RPM
        playbook = "remove.yml" if operation == "destroy" else "register.yml"
        with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
            json.dump({**self._place(), "models": models(count, rpm)}, file)
            file.flush()
            self._play(PLAYBOOKS / playbook, file.name)
        return Told()

    def settle(self) -> None:
        """A repeated run has registered every model once more; leave one of each name."""
        with self._deployment.gateway() as http:
            listed = self._deployment.listed(http)
            kept = {model["model_name"]: model["model_info"]["id"] for model in listed}
            for model_id in {model["model_info"]["id"] for model in listed} - set(kept.values()):
                http.post("/model/delete", json={"id": model_id}).raise_for_status()

    def _place(self) -> dict[str, str]:
        return {
            "url": self._deployment.url,
            "project": self._deployment.namespace,
            "ansible_python_interpreter": "{{ ansible_playbook_python }}",
            "pod": f"{names.POSTGRES}-0",
            "user": names.BACKEND_OWNER,
            "database": names.BACKEND_DATABASE,
        }

    def _play(self, playbook: Path, variables: str) -> None:
        done = subprocess.run(
            [os.environ["ANSIBLE_PLAYBOOK"], "-i", "localhost,", "-e", f"@{variables}", str(playbook)],
            env={**os.environ, "MASTER_KEY": self._deployment.master_key},
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise RuntimeError(f"{playbook.name} failed:\n{(done.stdout + done.stderr)[-5000:]}")
