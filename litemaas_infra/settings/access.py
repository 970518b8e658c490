"""Whether those who may ask for models may ask for any that the gateway serves."""

from collections.abc import Iterator, Sequence
from difflib import get_close_matches

from litemaas_infra.names import PROJECT
from litemaas_infra.settings.catalogue import Placed
from litemaas_infra.settings.config_file import ConfigFile
from litemaas_infra.settings.schema import Settings
from litemaas_infra.specs.access import access_groups, unserved


def closed(settings: Settings, models: Sequence[Placed], config: ConfigFile) -> Iterator[str]:
    """The models that keys name and the gateway does not serve, each with what mends it."""
    served = {spec.model_name for _, spec in models} | {name for _, name in config.models} | config.groups
    served |= {group for _, spec in models for group in access_groups(spec.model_info)}
    for index, key in enumerate(settings.keys):
        for place in unserved(key.models, served):
            path = f"{PROJECT}:keys[{index}].models[{place}]"
            meant = get_close_matches(key.models[place], served, n=1)
            hint = f"did you mean {meant[0]}?" if meant else f"add it to {PROJECT}:models, or name another:"
            command = f"pulumi config set --path '{path}' VALUE"
            yield f"{path}: is no model that the gateway serves; {hint} {command}"
