"""What the cluster has noted about an object."""

from datetime import UTC, datetime

from litemaas_infra.clients.cluster import Cluster, Object

_BEGINNING = datetime.min.replace(tzinfo=UTC)


def events(cluster: Cluster, about: Object) -> list[Object]:
    """The events about the object, latest first."""
    metadata = about["metadata"]
    wanted = f"involvedObject.uid={metadata['uid']}"
    found = cluster.items("v1", "events", metadata["namespace"], fieldSelector=wanted)
    return sorted(found, key=seen, reverse=True)


def seen(event: Object) -> datetime:
    """When the event was last seen."""
    series = event.get("series") or {}
    stamps = (series.get("lastObservedTime"), event.get("lastTimestamp"), event.get("eventTime"))
    return moment(next((stamp for stamp in stamps if stamp), None))


def moment(stamp: str | None) -> datetime:
    """The API's timestamp as a time; the beginning of time if there is none."""
    return datetime.fromisoformat(stamp) if stamp else _BEGINNING
