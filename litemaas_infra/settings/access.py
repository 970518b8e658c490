"""Whether those who may ask for models may ask for any that the gateway serves."""

from collections.abc import Collection, Iterator, Mapping, Sequence

from litemaas_infra.names import PROJECT
from litemaas_infra.settings.catalogue import Placed
from litemaas_infra.settings.config_file import ConfigFile
from litemaas_infra.settings.people import mending, unknown
from litemaas_infra.settings.schema import Settings
from litemaas_infra.specs.access import EVERY, TEAM, access_groups, unserved
from litemaas_infra.specs.team import TeamSpec
from litemaas_infra.specs.user import UserSpec
from litemaas_infra.specs.virtual_key import PER_MODEL, VirtualKeySpec

_Holders = Mapping[str, Sequence[TeamSpec | UserSpec]]
_Opened = Mapping[tuple[str, str], Collection[str]]
"""What teams and users open."""


def closed(settings: Settings, models: Sequence[Placed], config: ConfigFile) -> Iterator[str]:
    """What keys, teams, users and the chat name that would open nothing, each with what mends it."""
    groups = config.groups | {group for _, spec in models for group in access_groups(spec.model_info)}
    served = groups | {spec.model_name for _, spec in models} | {name for _, name in config.models}
    holders: _Holders = {"team": settings.teams, "user": settings.users}
    for kind, several in holders.items():
        for index, holder in enumerate(several):
            yield from _told(f"{PROJECT}:{kind}s[{index}]", holder.models, served, "the gateway serves")
    yield from _told(f"{PROJECT}:chat", settings.chat.models, served, "the gateway serves")
    opened = dict(_opened(holders, served, {EVERY, *groups}))
    for index, key in enumerate(settings.keys):
        place = f"{PROJECT}:keys[{index}]"
        yield from unknown(place, key, settings)
        yield from _of_key(place, key, served, opened)
        yield from _renamed(place, key, served)
        yield from _limited(place, key, served)


def _opened(
    holders: _Holders, served: Collection[str], groups: Collection[str]
) -> Iterator[tuple[tuple[str, str], Collection[str]]]:
    for kind, several in holders.items():
        for holder in several:
            # Which models a group has the gateway alone knows.
            limited = holder.models and not any(name in groups for name in holder.models)
            yield (kind, holder.called), holder.models if limited else served


def _of_key(place: str, key: VirtualKeySpec, served: Collection[str], opened: _Opened) -> Iterator[str]:
    if key.team is not None:
        its = {*opened.get(("team", key.team), served), TEAM}
        yield from _told(place, key.models, its, "its team opens")
    elif key.user_id is not None and ("user", key.user_id) in opened:
        yield from _told(place, key.models, opened["user", key.user_id], "its user opens")
    else:
        yield from _told(place, key.models, served, "the gateway serves")


def _renamed(place: str, key: VirtualKeySpec, served: Collection[str]) -> Iterator[str]:
    """The other names of a key for models that there are not."""
    for name, model in key.aliases.items():
        if unserved([model], served):
            path = f"{place}.aliases.{name}"
            told = "is no model that the gateway serves"
            yield f"{path}: {told}; {mending(path, model, served, 'models')}"


def _limited(place: str, key: VirtualKeySpec, served: Collection[str]) -> Iterator[str]:
    """The limits of a key for models that there are not."""
    for field in PER_MODEL:
        for model in getattr(key, field):
            if unserved([model], served):
                path = f"{place}.{field}.{model}"
                yield f"{path}: is no model that the gateway serves; pulumi config rm --path '{path}'"


def _told(place: str, asked: Sequence[str], opened: Collection[str], whose: str) -> Iterator[str]:
    for index in unserved(asked, opened):
        path = f"{place}.models[{index}]"
        yield f"{path}: is no model that {whose}; {mending(path, asked[index], opened, 'models')}"
