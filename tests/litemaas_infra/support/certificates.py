"""A certificate that no machine trusts by itself."""

import ssl
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from tests.litemaas_infra.support.kubernetes import secret


@dataclass(frozen=True)
class SelfSigned:
    certificate: str
    """In PEM, as a cluster publishes its authority."""
    key: str
    """Its private key, in PEM."""
    server: ssl.SSLContext


def private_and_certificate(folder: Path) -> bytes:
    """A private key and its certificate, in PEM."""
    self_signed(folder)
    return (folder / "server.pem").read_bytes()


def self_signed(folder: Path, host: str = "127.0.0.1") -> SelfSigned:
    """A certificate for a name or address, and a server's context with it; its key is kept in the folder."""
    key = ec.generate_private_key(ec.SECP256R1())
    certificate = _certificate(key, host).public_bytes(Encoding.PEM)
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    both = folder / "server.pem"
    both.write_bytes(private + certificate)
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(both)
    return SelfSigned(certificate.decode(), private.decode(), server)


def serving_secret(folder: Path, host: str = "litellm.litemaas.svc") -> dict[str, Any]:
    """A Secret of a certificate for the gateway's Service, with the authority that it is its own of."""
    own = self_signed(folder, host)
    return secret(**{"tls.crt": own.certificate, "tls.key": own.key, "ca.crt": own.certificate})


def _general_name(host: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ip_address(host))
    except ValueError:
        return x509.DNSName(host)


def _certificate(key: ec.EllipticCurvePrivateKey, host: str) -> x509.Certificate:
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "test")])
    address = x509.SubjectAlternativeName([_general_name(host)])
    now = datetime.now(UTC)
    return (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(hours=1))
        .add_extension(address, critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
