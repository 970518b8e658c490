"""The cluster's certificates."""

from pathlib import Path

import pytest
from cryptography import x509
from cryptography.x509.oid import NameOID

from sandbox.cluster import certificates


@pytest.fixture(scope="module")
def pki(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("certificates") / "pki"
    certificates.create(folder)
    return folder


def read(pki: Path, name: str) -> x509.Certificate:
    return x509.load_pem_x509_certificate((pki / f"{name}.crt").read_bytes())


@pytest.mark.parametrize("identity", certificates.IDENTITIES, ids=lambda identity: identity.name)
def test_the_authority_issued_every_certificate(pki: Path, identity: certificates.Identity) -> None:
    read(pki, identity.name).verify_directly_issued_by(read(pki, "ca"))


def test_kubernetes_knows_the_node_by_group_and_name(pki: Path) -> None:
    subject = read(pki, "kubelet").subject
    assert subject.get_attributes_for_oid(NameOID.ORGANIZATION_NAME)[0].value == "system:nodes"
    assert subject.get_attributes_for_oid(NameOID.COMMON_NAME)[0].value == "system:node:node0"


def test_the_api_is_trusted_under_all_its_addresses(pki: Path) -> None:
    names = read(pki, "apiserver").extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    addresses = {str(address) for address in names.get_values_for_type(x509.IPAddress)}
    assert addresses == {"127.0.0.1", "10.96.0.1", "10.90.0.1"}
    assert "kubernetes.default.svc" in names.get_values_for_type(x509.DNSName)


def test_private_keys_are_their_owners_alone(pki: Path) -> None:
    assert {key.stat().st_mode & 0o777 for key in pki.glob("*.key")} == {0o600}
