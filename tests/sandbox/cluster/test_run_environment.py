"""What a command started by `sandbox run` finds in its environment."""

import os
from pathlib import Path

from sandbox.cluster.run import environment
from sandbox.paths import CHECKOUT, RUN

KUBE = Path("/cache/kube")


def test_the_clusters_tools_come_first() -> None:
    entries = environment({"PATH": "/usr/bin"}, KUBE)["PATH"].split(os.pathsep)
    assert entries[:2] == [str(KUBE), str(RUN / "pulumi" / "bin")]


def test_clients_trust_the_router() -> None:
    found = environment({}, KUBE)
    assert found["CURL_CA_BUNDLE"] == found["SSL_CERT_FILE"] == str(RUN / "ca-bundle.crt")
    assert "REQUESTS_CA_BUNDLE" not in found


def test_a_bundle_of_the_machine_for_requests_does_not_hide_the_router() -> None:
    found = environment({"REQUESTS_CA_BUNDLE": "/etc/ssl/own.crt"}, KUBE)
    assert found["REQUESTS_CA_BUNDLE"] == str(RUN / "ca-bundle.crt")


def test_the_launchers_own_path_is_not_passed_on() -> None:
    assert "PYTHONPATH" not in environment({"PYTHONPATH": str(CHECKOUT)}, KUBE)
    users = f"{CHECKOUT}{os.pathsep}/own"
    assert environment({"PYTHONPATH": users}, KUBE)["PYTHONPATH"] == "/own"


def test_a_passphrase_of_the_user_does_not_hide_the_sandboxs() -> None:
    assert "PULUMI_CONFIG_PASSPHRASE" not in environment({"PULUMI_CONFIG_PASSPHRASE": "own"}, KUBE)


def test_nothing_is_written_to_the_users_home() -> None:
    found = environment({"HOME": "/home/user"}, KUBE)
    assert found["KUBECACHEDIR"].startswith(str(RUN))
    assert found["PULUMI_HOME"].startswith(str(RUN))
