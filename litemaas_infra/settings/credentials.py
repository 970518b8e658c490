"""Models and credentials together: what no single one can tell is wrong."""

from collections.abc import Iterator, Sequence

from litemaas_infra.names import PROJECT
from litemaas_infra.settings.catalogue import Placed
from litemaas_infra.settings.config_file import ConfigFile
from litemaas_infra.settings.people import mending
from litemaas_infra.settings.schema import Settings
from litemaas_infra.specs.credential import FIELD


def unheld(settings: Settings, models: Sequence[Placed], config: ConfigFile) -> Iterator[str]:
    """The credentials that models name and nobody declares, each with what mends it."""
    known = {*config.credentials, *(credential.name for credential in settings.credentials)}
    for place, spec in models:
        name = spec.litellm_credential_name
        if name is None or name in known:
            continue
        if not place.startswith(f"{PROJECT}:"):
            yield f"{place}: names no credential of this stack; add {name!r} to {PROJECT}:credentials"
            continue
        path = f"{place}.{FIELD}"
        yield f"{path}: is no credential of this stack; {mending(path, name, known, 'credentials')}"
