"""Settings out of Pulumi's configuration, with errors that say how to mend them."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import pulumi
from pulumi.runtime.config import CONFIG, get_config_env
from pydantic import ValidationError

from litemaas_infra.errors import SettingsError
from litemaas_infra.names import PROJECT
from litemaas_infra.settings import advice, models_file
from litemaas_infra.settings.catalogue import conflicts
from litemaas_infra.settings.models_file import ModelsFile
from litemaas_infra.settings.schema import Settings

_NO_FILE: Final = ModelsFile()


def load() -> Settings:
    """The running stack's settings. Raises SettingsError, which names everything that is wrong."""
    configured = {**get_config_env(), **CONFIG.get()}
    prefix = f"{PROJECT}:"
    own = {key.removeprefix(prefix): value for key, value in configured.items() if key.startswith(prefix)}
    name = own.get("modelsFile")
    file = models_file.read(name, Path(pulumi.get_root_directory() or "")) if name else _NO_FILE
    for note in file.notes:
        pulumi.log.info(note)
    return parse(own, file)


def parse(values: Mapping[str, Any], file: ModelsFile = _NO_FILE) -> Settings:
    """Settings from values by name, as Pulumi has them, and from a file of models. Raises SettingsError."""
    settings, mistakes = _validated(values)
    own = enumerate(settings.models if settings else ())
    models = [*((f"{PROJECT}:models[{index}]", spec) for index, spec in own), *file.models]
    mistakes += [*file.mistakes, *conflicts(models)]
    if settings is None or mistakes:
        raise SettingsError("\n  ".join(["these settings are wrong:", *mistakes]))
    return settings.model_copy(update={"models": tuple(spec for _, spec in models)})


def _validated(values: Mapping[str, Any]) -> tuple[Settings | None, list[str]]:
    try:
        return Settings.model_validate(values), []
    except ValidationError as error:
        return None, advice.lines(error)
