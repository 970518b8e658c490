"""What all our dynamic providers share."""

import sys
import traceback
from types import SimpleNamespace
from typing import Any, Final

from pulumi.dynamic import ConfigureRequest, DiffResult, ReadResult, ResourceProvider

from litemaas_infra.errors import DatabaseUntrusted, LiteMaaSError, NotInCluster

Props = dict[str, Any]


class Provider(ResourceProvider):
    """A stateless provider of an importable module: it is kept in state by its name, with no value in it."""

    serialize_as_secret_always = False

    def configure(self, req: ConfigureRequest) -> None:
        """Called once in the provider's process, before anything else."""
        del req
        _report_errors_as_messages()

    def read(self, id_: str, props: Props) -> ReadResult:
        """Unless a provider knows better, what was made is still there."""
        return ReadResult(id_, props)


def changes(old: Props, new: Props, keys: tuple[str, ...], replaces: tuple[str, ...] = ()) -> DiffResult:
    """A diff of the inputs named by `keys`; one of `replaces` makes it a new resource, after the old."""
    different = [key for key in keys if old.get(key) != new.get(key)]
    renewing = [key for key in different if key in replaces]
    changed = bool(different) or not_seen(old)
    return DiffResult(changes=changed, replaces=renewing, stables=[], delete_before_replace=True)


def gone() -> ReadResult:
    """What a read gives for something that is no longer there."""
    return ReadResult("", {})


UNSEEN: Final = (NotInCluster, DatabaseUntrusted)
"""A part of the deployment that the way leads through is missing, or is not what the settings say now."""
_NOT_SEEN: Final = "not_seen"


def unseen(id_: str, props: Props, why: LiteMaaSError) -> ReadResult:
    """What a read gives for such a part: the next `up` makes sure of it, whatever has become of it.

    No error: `up --refresh` would stop at it, and could never make that part what it should be.
    """
    say(f"nobody can look: {why}; `pulumi up` makes sure of it")
    return ReadResult(id_, {**props, _NOT_SEEN: True})


def not_seen(props: Props) -> bool:
    """Whether the last refresh could not look."""
    return bool(props.get(_NOT_SEEN))


def say(message: str) -> None:
    """Tell the user something that is no error: Pulumi shows what a provider prints."""
    print(message, file=sys.stderr, flush=True)  # noqa: T201


def _report_errors_as_messages() -> None:
    # Pulumi's dynamic provider reports an exception as a whole stack trace, and offers no other way.
    # Ours are meant for the user: only their message goes out. Anything else keeps its trace.
    process = sys.modules["__main__"]
    if getattr(process, "traceback", None) is traceback:
        vars(process)["traceback"] = SimpleNamespace(format_exc=_format)


def _format() -> str:
    error = sys.exception()
    return str(error) if isinstance(error, LiteMaaSError) else traceback.format_exc()
