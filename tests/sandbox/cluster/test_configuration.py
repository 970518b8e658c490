"""The files that the node's programs read."""

import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml
from cryptography import x509
from hypothesis import given
from hypothesis import strategies as st

from sandbox.cluster import certificates, configuration
from sandbox.cluster.names import APPS_DOMAIN

RUN = Path("/somewhere/run")
TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\x7f"))  # TOML wants that one escaped
VALUES = TEXT | st.integers(0, 9) | st.booleans() | st.lists(TEXT)
TABLES = st.dictionaries(TEXT, st.dictionaries(TEXT, VALUES, min_size=1))


def paths(content: Any) -> list[str]:
    """Every absolute path in a configuration."""
    if isinstance(content, dict):
        return [path for value in content.values() for path in paths(value)]
    text = str(content).removeprefix("unix://")
    return [text] if text.startswith("/") else []


@given(TABLES)
def test_toml_is_read_back_as_it_was(tables: dict[str, dict[str, Any]]) -> None:
    assert tomllib.loads(configuration.toml(tables)) == tables


def test_containerd_reads_nested_tables() -> None:
    content = configuration.containerd(RUN, Path("/plugins"))
    assert tomllib.loads(configuration.toml(content)) == content


def test_everything_containerd_writes_lies_below_run() -> None:
    content = configuration.containerd(RUN, RUN)
    assert all(path.startswith(f"{RUN}/") or path == str(RUN) for path in paths(content))


def test_everything_the_kubelet_writes_lies_below_run() -> None:
    assert {p for p in paths(configuration.kubelet(RUN)) if not p.startswith(str(RUN))} == {
        "/litemaas-sandbox"
    }


def test_addresses_of_pods_are_kept_below_run() -> None:
    bridge = configuration.network(RUN)["plugins"][0]
    assert bridge["ipam"]["dataDir"] == f"{RUN}/cni"


def test_traefik_needs_nothing_outside_run_and_reports_to_nobody() -> None:
    content = configuration.traefik(RUN)
    assert all(path.startswith(f"{RUN}/") for path in paths(content))
    assert content["global"] == {"checkNewVersion": False, "sendAnonymousUsage": False}


def test_traefik_serves_hosts_of_the_apps_domain_with_a_certificate_of_the_clusters(tmp_path: Path) -> None:
    certificates.create(tmp_path / "pki")
    pair = configuration.default_certificate(tmp_path / "pki")["tls"]["stores"]["default"][
        "defaultCertificate"
    ]
    certificate = x509.load_pem_x509_certificate(Path(pair["certFile"]).read_bytes())
    names = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    assert f"*.{APPS_DOMAIN}" in names.get_values_for_type(x509.DNSName)
    assert Path(pair["keyFile"]).exists()


def test_a_kubeconfig_needs_no_other_file(tmp_path: Path) -> None:
    certificates.create(tmp_path / "pki")
    assert paths(configuration.kubeconfig(tmp_path / "pki", "admin")) == []


def test_a_kubeconfig_is_its_owners_alone(tmp_path: Path) -> None:
    configuration.dump({"user": "admin"}, tmp_path / "file")
    assert (tmp_path / "file").stat().st_mode & 0o777 == 0o600
    assert yaml.safe_load((tmp_path / "file").read_text()) == {"user": "admin"}


@pytest.mark.parametrize("user", configuration.KUBECONFIGS)
def test_every_kubeconfig_has_a_certificate_of_its_own(user: str) -> None:
    assert user in {identity.name for identity in certificates.IDENTITIES}
