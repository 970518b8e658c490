"""How the gateway is reached from outside its cluster, or that it is not."""

import ssl
from typing import Annotated, Literal, Self

from pydantic import (
    AfterValidator,
    Field,
    SecretStr,
    ValidationInfo,
    field_validator,
    model_validator,
)

from litemaas_infra.specs.group import Group
from litemaas_infra.specs.text import shaped

Kind = Literal["route", "ingress", "internal"]
Tls = Literal["edge", "reencrypt", "none"]


def _certificates(text: str) -> str:
    try:
        ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT).load_verify_locations(cadata=text)
    except (ssl.SSLError, ValueError) as error:
        raise ValueError(
            "is not a certificate in PEM, which begins with -----BEGIN CERTIFICATE-----"
        ) from error
    return text


Host = Annotated[
    str,
    shaped(
        r"([a-z0-9]([-a-z0-9]*[a-z0-9])?\.)+[a-z0-9]([-a-z0-9]*[a-z0-9])?",
        "a host's name in small letters, litellm.apps.example.com for instance",
    ),
]
ObjectName = Annotated[
    str, shaped(r"[a-z0-9]([-.a-z0-9]*[a-z0-9])?", "a name of small letters, digits, dashes and dots")
]
Certificates = Annotated[str, AfterValidator(_certificates)]


class Exposure(Group):
    """The way to the gateway. Of another kind than the chosen one, settings are kept and mean nothing."""

    kind: Kind = "route"
    """`route`, which only OpenShift has, `ingress`, or `internal`: reached by port-forwards alone."""
    tls: Tls = "edge"
    """`edge`: TLS to the router or Ingress controller; `reencrypt`: from a Route's on as well; `none`."""
    host: Annotated[Host | None, Field(validate_default=True)] = None
    """Name that users reach the gateway by; the cluster gives a Route its own unless set."""
    ingress_class: ObjectName | None = None
    """IngressClass; the cluster's default one unless set."""
    certificate: Certificates | None = None
    """The host's certificate in PEM, with those up to its authority; the cluster's own unless set."""
    certificate_secret: ObjectName | None = None
    """Secret of the namespace that an Ingress' certificate is in, instead."""
    key: SecretStr | None = None
    """The certificate's private key, in PEM; set it with `--secret`."""
    authority: Certificates | None = None
    """Authorities, in PEM, that the host's certificate may come from, beside those this machine trusts."""
    serving_secret: ObjectName | None = None
    """Secret of the gateway's certificate behind `reencrypt`; OpenShift's service CA makes one unless set."""
    timeout: Annotated[int, Field(gt=0, le=86400)] = 600
    """Seconds that an answer may take, a streamed one included."""

    @field_validator("tls")
    @classmethod
    def _re_encrypted(cls, tls: str, info: ValidationInfo) -> str:
        if tls == "reencrypt" and info.data.get("kind") == "ingress":
            raise ValueError(
                "is reencrypt, which only a Route knows: pulumi config set --path litemaas:exposure.tls edge"
            )
        return tls

    @field_validator("host")
    @classmethod
    def _needed(cls, host: str | None, info: ValidationInfo) -> str | None:
        if host is None and info.data.get("kind") == "ingress":
            raise ValueError("is not set, and an Ingress gets no name from the cluster")
        if (host or "").endswith("localhost") and info.data.get("tls") == "reencrypt":
            raise ValueError("is each one's own machine, where no pod finds a gateway that speaks TLS")
        return host

    @field_validator("certificate_secret")
    @classmethod
    def _one_certificate(cls, secret: str | None, info: ValidationInfo) -> str | None:
        if secret and info.data.get("certificate"):
            raise ValueError(
                "is set, and so is certificate; keep one: "
                "pulumi config rm --path litemaas:exposure.certificate"
            )
        return secret

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if (self.certificate is None) != (self.key is None):
            raise ValueError(
                "has only one of certificate and key; they come together: "
                "pulumi config set --path litemaas:exposure.certificate < tls.crt and "
                "pulumi config set --path --secret litemaas:exposure.key < tls.key"
            )
        return self

    @property
    def reencrypts(self) -> bool:
        """Whether the router speaks TLS with the gateway, which then speaks nothing else."""
        return self.kind == "route" and self.tls == "reencrypt"

    @property
    def scheme(self) -> str:
        """What its addresses begin with."""
        return "http" if self.tls == "none" else "https"

    @property
    def secure(self) -> bool:
        """Whether browsers reach them over TLS."""
        return self.kind != "internal" and self.tls != "none"

    def at(self, host: str | None) -> Self:
        """The same for another host: what goes with the gateway's own name is not for it."""
        own = {"certificate": None, "key": None, "certificate_secret": None, "authority": None}
        # Others' pods speak plain HTTP, whatever the gateway's do.
        plain = {"tls": "edge"} if self.reencrypts else {}
        return self.model_copy(update={**own, **plain, "host": host})
