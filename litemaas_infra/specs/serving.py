"""The certificate of the gateway's own, as a Secret holds it."""

from collections.abc import Mapping
from datetime import UTC, datetime
from hashlib import sha256
from typing import Final

from cryptography.exceptions import InvalidSignature
from cryptography.x509 import (
    Certificate,
    DNSName,
    ExtensionNotFound,
    SubjectAlternativeName,
    load_pem_x509_certificates,
)

CHAIN: Final = "tls.crt"
KEY: Final = "tls.key"
AUTHORITY: Final = "ca.crt"


def whole(values: Mapping[str, str]) -> bool:
    """Whether there is all that LiteLLM serves TLS with."""
    return bool(values.get(CHAIN) and values.get(KEY))


def revision(values: Mapping[str, str]) -> str:
    """Another one for another certificate."""
    return sha256(values[CHAIN].encode()).hexdigest()


def problem(values: Mapping[str, str], host: str) -> str | None:
    """Why whoever trusts the Secret's authority would not take it for the host's; None if they would."""
    lacking = [key for key in (CHAIN, KEY, AUTHORITY) if not values.get(key)]
    if lacking:
        return f"lacks {', '.join(lacking)}"
    try:
        chain, authorities = (load_pem_x509_certificates(values[key].encode()) for key in (CHAIN, AUTHORITY))
    except ValueError:
        return f"holds no certificate in PEM in {CHAIN} or {AUTHORITY}"
    if not {host, f"*.{host.partition('.')[2]}"} & set(_hosts(chain[0])):
        return f"holds a certificate that is not for {host}"
    if chain[0].not_valid_after_utc < datetime.now(UTC):
        return f"holds a certificate that ended on {chain[0].not_valid_after_utc:%Y-%m-%d}"
    if not any(_comes_from(one, authority) for one in chain for authority in authorities):
        return f"holds a certificate that does not come from its {AUTHORITY}"
    return None


def _hosts(certificate: Certificate) -> list[str]:
    try:
        named = certificate.extensions.get_extension_for_class(SubjectAlternativeName)
    except ExtensionNotFound:
        return []
    return named.value.get_values_for_type(DNSName)


def _comes_from(certificate: Certificate, authority: Certificate) -> bool:
    try:
        certificate.verify_directly_issued_by(authority)
    except (ValueError, TypeError, InvalidSignature):
        return certificate == authority
    return True
