"""What the gateway is told to find elsewhere: variables of its pod, and other models."""

from collections.abc import Collection, Iterator

from litemaas_infra.names import PROJECT
from litemaas_infra.settings.config_file import ConfigFile
from litemaas_infra.settings.schema import Settings
from litemaas_infra.specs.fields import fields_of
from litemaas_infra.specs.variables import OWN, named


def missing(config: ConfigFile, given: Collection[str]) -> Iterator[str]:
    """What is wrong with a configuration that names variables which are not given."""
    for place, name in config.variables:
        if name not in given:
            yield f"{place}: names os.environ/{name}, which is not set; {_command(name)}"


def unsure(settings: Settings, config: ConfigFile) -> Iterator[str]:
    """What to say of names that this stack gives no meaning to; others may."""
    for spec in settings.models:
        for name in sorted({*named(fields_of(spec))} - OWN - settings.api_keys.keys()):
            unset = f"names os.environ/{name}, which this stack does not set"
            yield f"{spec.model_name}: {unset}; {_command(name)}"
    known = {spec.model_name for spec in settings.models} | {name for _, name in config.models}
    for place, name in config.fallbacks:
        if name not in known:
            yield f"{place}: falls back to {name}, which is a model of neither this file nor the settings"


def _command(name: str) -> str:
    return f"pulumi config set --path --secret '{PROJECT}:apiKeys.{name}', which asks for it"
