"""Which parts a stack has: what its settings turn on, beside the gateway itself."""

from dataclasses import dataclass, field

from litemaas_infra.specs.backend import Backend
from litemaas_infra.specs.backup import Backup
from litemaas_infra.specs.chat import Chat
from litemaas_infra.specs.database import Database
from litemaas_infra.specs.exposure import Exposure
from litemaas_infra.specs.monitoring import Monitoring
from litemaas_infra.specs.redis import Redis
from litemaas_infra.specs.scale import Scale
from litemaas_infra.specs.takeover import Takeover


@dataclass(frozen=True)
class Shape:
    """The parts whose kinds and sizes a cluster is asked for before any of them is made."""

    exposure: Exposure = field(default_factory=Exposure)
    backend: Backend = field(default_factory=Backend)
    database: Database = field(default_factory=Database)
    scale: Scale = field(default_factory=Scale)
    redis: Redis = field(default_factory=Redis)
    chat: Chat = field(default_factory=Chat)
    backup: Backup = field(default_factory=Backup)
    monitoring: Monitoring = field(default_factory=Monitoring)
    takeover: Takeover = field(default_factory=Takeover)
    configured: bool = False
    """Whether the gateway reads a file of its own."""
