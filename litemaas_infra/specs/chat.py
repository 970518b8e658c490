"""Open WebUI, a chat in the browser: whether it is deployed, and what its one virtual key opens."""

from typing import Annotated, Final

from litemaas_infra import names
from litemaas_infra.specs.entity import Dollars, Duration
from litemaas_infra.specs.exposure import Host
from litemaas_infra.specs.group import Group
from litemaas_infra.specs.text import shaped
from litemaas_infra.specs.values import Image, ModelName, Quantity, Version
from litemaas_infra.specs.virtual_key import VirtualKeySpec

IMAGE: Final = "ghcr.io/open-webui/open-webui:v{version}"
TIKA_IMAGE: Final = "docker.io/apache/tika:3.2.3.0-full"

Address = Annotated[str, shaped(r"[^\s@]+@[^\s@]+", "an e-mail address, admin@example.com for instance")]


class Chat(Group):
    """A chat over the gateway's models, with a virtual key, a database and a volume of its own."""

    enabled: bool = False
    """Whether it is deployed; turned off, its database, its volume and its key's spend are kept."""
    version: Version = "0.10.2"
    """Open WebUI's version."""
    image: Image | None = None
    """Its image; Open WebUI's own of the version unless set."""
    host: Host | None = None
    """Name that users reach it by; the cluster gives a Route its own unless set."""
    admin: Address = "admin@localhost"
    """Who logs in to it first, and makes the others' accounts."""
    storage_size: Quantity = "5Gi"
    """Size of the volume for what users upload; it can grow, never shrink."""
    models: tuple[ModelName, ...] = ()
    """Models that its users may ask; every one unless any is named."""
    max_budget: Dollars | None = None
    """Dollars that all its users together may spend, in all or in each budgetDuration."""
    budget_duration: Duration | None = None
    """After which the spend counts from zero again, 30d for instance."""
    tika: bool = False
    """Whether Apache Tika reads the documents that users upload, instead of Open WebUI's own readers."""
    tika_image: Image = TIKA_IMAGE
    """Image of Apache Tika."""

    @property
    def with_tika(self) -> bool:
        """Whether this stack has Tika."""
        return self.enabled and self.tika

    @property
    def image_of_version(self) -> str:
        """The image of Open WebUI."""
        return self.image or IMAGE.format(version=self.version)

    @property
    def key(self) -> VirtualKeySpec:
        """The virtual key that it asks the gateway with."""
        return VirtualKeySpec(
            alias=names.CHAT,
            models=self.models,
            max_budget=self.max_budget,
            budget_duration=self.budget_duration,
        )
