"""The cluster's certificate authority and the certificates it issues, made anew by every `up`."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from sandbox.cluster.names import APPS_DOMAIN, FIRST_SERVICE, NODE, NODE_ADDRESS

LIFETIME = timedelta(days=365)


@dataclass(frozen=True)
class Identity:
    """Who a certificate speaks for: Kubernetes reads user and group from common name and organisation."""

    name: str
    common_name: str
    organisation: str | None = None
    hosts: tuple[str, ...] = ()


IDENTITIES = (
    Identity(
        "apiserver",
        "kube-apiserver",
        hosts=(
            "localhost",
            "kubernetes",
            "kubernetes.default",
            "kubernetes.default.svc",
            "127.0.0.1",
            FIRST_SERVICE,
            NODE_ADDRESS,
        ),
    ),
    Identity("admin", "admin", organisation="system:masters"),
    Identity("controller-manager", "system:kube-controller-manager"),
    Identity("scheduler", "system:kube-scheduler"),
    Identity("proxy", "system:kube-proxy"),
    Identity("kubelet", f"system:node:{NODE}", organisation="system:nodes", hosts=(NODE, NODE_ADDRESS)),
    Identity("admission", "admission", hosts=("localhost", "127.0.0.1")),
    Identity("ingress", f"*.{APPS_DOMAIN}", hosts=(f"*.{APPS_DOMAIN}", APPS_DOMAIN)),
)


def create(folder: Path) -> None:
    """Fills the folder with ca.crt, sa.key, sa.pub, and NAME.crt with NAME.key of each identity."""
    folder.mkdir(mode=0o700)
    authority_key = ec.generate_private_key(ec.SECP256R1())
    authority = _self_signed("sandbox-ca", authority_key)
    (folder / "ca.crt").write_bytes(authority.public_bytes(Encoding.PEM))
    for identity in IDENTITIES:
        key = ec.generate_private_key(ec.SECP256R1())
        certificate = _issue(identity, key, authority, authority_key)
        (folder / f"{identity.name}.crt").write_bytes(certificate.public_bytes(Encoding.PEM))
        _write_key(folder / f"{identity.name}.key", key)
    _service_account_keys(folder)


def _service_account_keys(folder: Path) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    _write_key(folder / "sa.key", key)
    public = key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    (folder / "sa.pub").write_bytes(public)


def _self_signed(name: str, key: ec.EllipticCurvePrivateKey) -> x509.Certificate:
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    constraints = x509.BasicConstraints(ca=True, path_length=0)
    builder = _builder(subject, subject, key).add_extension(constraints, critical=True)
    return builder.sign(key, hashes.SHA256())


def _issue(
    identity: Identity,
    key: ec.EllipticCurvePrivateKey,
    authority: x509.Certificate,
    authority_key: ec.EllipticCurvePrivateKey,
) -> x509.Certificate:
    attributes = [x509.NameAttribute(NameOID.COMMON_NAME, identity.common_name)]
    if identity.organisation:
        attributes.append(x509.NameAttribute(NameOID.ORGANIZATION_NAME, identity.organisation))
    usages = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.CLIENT_AUTH, ExtendedKeyUsageOID.SERVER_AUTH])
    builder = _builder(x509.Name(attributes), authority.subject, key).add_extension(usages, critical=False)
    if identity.hosts:
        builder = builder.add_extension(_alternative_names(identity.hosts), critical=False)
    return builder.sign(authority_key, hashes.SHA256())


def _builder(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePrivateKey
) -> x509.CertificateBuilder:
    now = datetime.now(UTC)
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(minutes=5))  # a clock set back a little must not break the cluster
        .not_valid_after(now + LIFETIME)
    )


def _alternative_names(hosts: Iterable[str]) -> x509.SubjectAlternativeName:
    return x509.SubjectAlternativeName([_general_name(host) for host in hosts])


def _general_name(host: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ip_address(host))
    except ValueError:
        return x509.DNSName(host)


def _write_key(path: Path, key: ec.EllipticCurvePrivateKey) -> None:
    path.touch(mode=0o600)
    path.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
