"""What a stack consists of; each component's docstring is its contract."""

from litemaas_infra.components.access import access
from litemaas_infra.components.backup import Backups, Images
from litemaas_infra.components.catalogue import Catalogue
from litemaas_infra.components.chat import Chat
from litemaas_infra.components.configuration import Configuration
from litemaas_infra.components.credentials import Credentials
from litemaas_infra.components.databases import Databases
from litemaas_infra.components.endpoint_credentials import EndpointCredentials
from litemaas_infra.components.exposure import expose
from litemaas_infra.components.gateway import Gateway
from litemaas_infra.components.keys import Keys
from litemaas_infra.components.monitoring import Monitoring
from litemaas_infra.components.people import People
from litemaas_infra.components.place import Place
from litemaas_infra.components.portal import Portal
from litemaas_infra.components.redis import Redis
from litemaas_infra.components.takeover import Former
from litemaas_infra.components.traffic import Traffic

__all__ = [
    "Backups",
    "Catalogue",
    "Chat",
    "Configuration",
    "Credentials",
    "Databases",
    "EndpointCredentials",
    "Former",
    "Gateway",
    "Images",
    "Keys",
    "Monitoring",
    "People",
    "Place",
    "Portal",
    "Redis",
    "Traffic",
    "access",
    "expose",
]
