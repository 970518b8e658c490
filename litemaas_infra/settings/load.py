"""Settings out of Pulumi's configuration, with errors that say how to mend them."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final, NamedTuple

import pulumi
from pulumi.runtime.config import CONFIG, get_config_env
from pydantic import ValidationError

from litemaas_infra.errors import SettingsError
from litemaas_infra.names import PROJECT
from litemaas_infra.settings import advice, config_file, models_file
from litemaas_infra.settings.access import closed
from litemaas_infra.settings.catalogue import conflicts, taken
from litemaas_infra.settings.config_file import ConfigFile
from litemaas_infra.settings.credentials import unheld
from litemaas_infra.settings.models_file import ModelsFile
from litemaas_infra.settings.monitoring import uncovered, with_metrics
from litemaas_infra.settings.redis import contradicted, with_redis
from litemaas_infra.settings.schema import Settings
from litemaas_infra.settings.variables import missing, unsure

_NO_FILE: Final = ModelsFile()
_NO_CONFIG: Final = ConfigFile()


class Read(NamedTuple):
    """What a stack's settings, and the files they name, say."""

    settings: Settings
    models: ModelsFile
    config: ConfigFile


def load() -> tuple[Settings, ConfigFile]:
    """The running stack's settings, and the file that its gateway reads.

    Raises SettingsError, which names everything that is wrong.
    """
    found = read(_own(), Path(pulumi.get_root_directory() or ""))
    for note in found.models.notes:
        pulumi.log.info(note)
    for note in unsure(found.settings, found.config):
        pulumi.log.warn(note)
    config = with_redis(found.settings, found.config)
    return found.settings, with_metrics(found.settings, config)


def read(values: Mapping[str, Any], folder: Path) -> Read:
    """The settings of these values, and the files that they name below the folder. Raises SettingsError."""
    models, config = values.get("modelsFile"), values.get("configFile")
    of_models = models_file.read(models, folder) if models else _NO_FILE
    of_config = config_file.read(config, folder) if config else _NO_CONFIG
    return Read(parse(values, of_models, of_config), of_models, of_config)


def parse(
    values: Mapping[str, Any], file: ModelsFile = _NO_FILE, config: ConfigFile = _NO_CONFIG
) -> Settings:
    """Settings from values by name, as Pulumi has them, with a file of models and one that the gateway reads.

    Raises SettingsError.
    """
    settings, mistakes = _validated(values)
    own = enumerate(settings.models if settings else ())
    models = [*((f"{PROJECT}:models[{index}]", spec) for index, spec in own), *file.models]
    mistakes += [*file.mistakes, *conflicts(models), *config.mistakes, *taken(models, config.models)]
    if settings:
        mistakes += [*missing(config, settings.api_keys), *contradicted(settings, config)]
        mistakes += uncovered(settings, config)
    if settings and not mistakes:  # what a wrong file would serve, nobody knows
        mistakes += [*closed(settings, models, config), *unheld(settings, models, config)]
    if settings is None or mistakes:
        raise SettingsError("\n  ".join(["these settings are wrong:", *mistakes]))
    return settings.model_copy(update={"models": tuple(spec for _, spec in models)})


def _own() -> dict[str, str]:
    prefix = f"{PROJECT}:"
    configured = {**get_config_env(), **CONFIG.get()}
    return {key.removeprefix(prefix): value for key, value in configured.items() if key.startswith(prefix)}


def _validated(values: Mapping[str, Any]) -> tuple[Settings | None, list[str]]:
    try:
        return Settings.model_validate(values), []
    except ValidationError as error:
        return None, advice.lines(error)
