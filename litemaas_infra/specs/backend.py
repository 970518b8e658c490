"""LiteMaaS's own backend and frontend: whether they are deployed, and how users log in to them."""

import re
from typing import Annotated, Final, Literal

from pydantic import AfterValidator, Field, SecretStr, ValidationInfo, field_validator

from litemaas_infra.specs.exposure import Certificates, Exposure, Host
from litemaas_infra.specs.group import Group
from litemaas_infra.specs.text import shaped
from litemaas_infra.specs.values import Endpoint, Image, Version

IMAGE: Final = "quay.io/rh-aiservices-bu/litemaas-{part}:{version}"
FORWARDED: Final = "localhost:8080"
"""Where a forwarded port of the frontend is reached; browsers let an OAuth server redirect there."""
CALLBACK: Final = "/api/auth/callback"
_WITH_OIDC: Final = (0, 4, 0)
_SECRET: Final = re.compile(r"KEY|SECRET|TOKEN|PASSWORD|DATABASE_URL")

Kind = Literal["none", "own", "other"]
Login = Literal["openshift", "oidc"]
User = Annotated[str, shaped(r"[^\s,]+", "one user's name, without blanks or commas")]


def _plain(variables: dict[str, str]) -> dict[str, str]:
    for name in variables:
        if re.fullmatch(r"[A-Z][A-Z0-9_]*", name) is None:
            raise ValueError("holds a name that no variable has; they are of capitals, digits and _")
        if _SECRET.search(name):
            raise ValueError(f"holds {name}, whose value is a secret, and all that is here can be read")
    return variables


class Backend(Group):
    """The backend and its frontend. Of a kind or login that is not chosen, settings mean nothing."""

    kind: Kind = "none"
    """`none`; `own`: deployed with its frontend; `other`: one that someone else runs on the database."""
    version: Version = "0.4.0"
    """LiteMaaS's version."""
    image: Image | None = None
    """Image of the backend; LiteMaaS's own of the version unless set."""
    frontend_image: Image | None = None
    """Image of the frontend; LiteMaaS's own of the version unless set."""
    host: Host | None = None
    """Name that users reach both by; litemaas-NAMESPACE below the Routes' domain unless set."""
    login: Login = "openshift"
    """Who knows the users: `openshift`, or any other server of OpenID Connect, `oidc`."""
    issuer: Annotated[Endpoint | None, Field(validate_default=True)] = None
    """URL of the server that users log in at; OpenShift's own unless set."""
    client_id: Annotated[str | None, Field(validate_default=True)] = None
    """What that server knows the backend as; litemaas-NAMESPACE unless set, and OpenShift is told."""
    client_secret: Annotated[SecretStr | None, Field(validate_default=True)] = None
    """The secret that goes with it for `oidc`; set it with `--secret`."""
    admins: tuple[User, ...] = ()
    """Users who are administrators from their first login."""
    authority: Certificates | None = None
    """Authorities, in PEM, of that server's certificate, beside the public ones and the cluster's own."""
    variables: Annotated[dict[str, str], AfterValidator(_plain)] = Field(default={})
    """Further variables of the backend's environment, as its documentation has them."""

    @field_validator("login")
    @classmethod
    def _known(cls, login: str, info: ValidationInfo) -> str:
        version = info.data.get("version", "")
        if login == "oidc" and version and tuple(map(int, version.split("."))) < _WITH_OIDC:
            raise ValueError(f"is oidc, which LiteMaaS {version} does not know; 0.4.0 does")
        return login

    @field_validator("issuer", "client_id", "client_secret")
    @classmethod
    def _needed(cls, value: object, info: ValidationInfo) -> object:
        chosen = (info.data.get("kind"), info.data.get("login"))
        if value is None and chosen == ("own", "oidc"):
            raise ValueError("is not set, and a login at another server than OpenShift's needs it")
        return value

    @property
    def enabled(self) -> bool:
        """Whether this stack has it."""
        return self.kind == "own"

    @property
    def at_openshift(self) -> bool:
        """Whether OpenShift is told of it, as a client of its OAuth server."""
        return self.enabled and self.login == "openshift"

    @property
    def backend_image(self) -> str:
        """The image of the backend."""
        return self.image or IMAGE.format(part="backend", version=self.version)

    @property
    def image_of_frontend(self) -> str:
        """The image of the frontend."""
        return self.frontend_image or IMAGE.format(part="frontend", version=self.version)

    def address(self, exposure: Exposure) -> str:
        """What browsers reach the frontend by, and below /api the backend."""
        if exposure.kind == "internal":
            return f"http://{FORWARDED}"
        return f"{exposure.scheme}://{self.host}"
