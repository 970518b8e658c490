"""Where copies of the data are kept, how often they are made, and which of them is to be restored."""

from typing import Annotated, Final, Literal, Self

from pydantic import Field, model_validator

from litemaas_infra.specs.exposure import Certificates, ObjectName
from litemaas_infra.specs.group import Group
from litemaas_infra.specs.text import shaped
from litemaas_infra.specs.values import Endpoint, Quantity

Kind = Literal["none", "volume", "s3"]
LATEST: Final = "latest"
_FIELD: Final = r"[0-9A-Za-z*/,-]+"

Schedule = Annotated[
    str,
    shaped(
        rf"{_FIELD}( {_FIELD}){{4}}|@(hourly|daily|weekly|monthly)",
        "a time as cron has it, in UTC: 0 2 * * * for every night at two",
    ),
]
BackupName = Annotated[
    str, shaped(rf"{LATEST}|\d{{8}}T\d{{6}}Z", "latest, or a backup's name, 20260131T020000Z for instance")
]
Bucket = Annotated[str, shaped(r"[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]", "a bucket's name, litemaas for instance")]
Prefix = Annotated[str, shaped(r"[\w.-]+(/[\w.-]+)*", "a path without slashes around it, litemaas/prod")]


class Backup(Group):
    """Copies of both databases. Of another kind than the chosen one, settings are kept and mean nothing."""

    kind: Kind = "none"
    """`none`, `volume`: on a volume of the namespace, which goes with it; `s3`: in an object store."""
    schedule: Schedule = "0 2 * * *"
    """When one is made, as cron has it, in UTC."""
    keep: Annotated[int, Field(gt=0, le=1000)] = 14
    """How many are kept."""
    storage_size: Quantity = "10Gi"
    """Size of their volume; it can grow, never shrink."""
    endpoint: Endpoint | None = None
    """URL of the object store; Amazon's unless set."""
    region: Annotated[str, shaped(r"[a-z0-9-]+", "a region, us-east-1 for instance")] = "us-east-1"
    """Region of the bucket."""
    bucket: Bucket | None = None
    """Bucket that they are put into."""
    prefix: Prefix = "litemaas"
    """Where in the bucket: the next stack needs another."""
    secret: ObjectName | None = None
    """Secret of the namespace with AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY."""
    authority: Certificates | None = None
    """Authorities, in PEM, that the object store's certificate may come from, instead of the usual ones."""
    restore: BackupName | None = None
    """The backup that empty databases are filled from, `latest` or by its name; full ones are refused."""

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if self.kind == "none" and self.restore:
            raise ValueError(
                "has something to restore and nowhere to find it; "
                "pulumi config set --path litemaas:backup.kind volume"
            )
        for field in ("bucket", "secret"):
            if self.kind == "s3" and getattr(self, field) is None:
                mend = f"pulumi config set --path litemaas:backup.{field} NAME"
                raise ValueError(f"is of kind s3 and names no {field}; {mend}")
        return self

    @property
    def made(self) -> bool:
        """Whether there are any."""
        return self.kind != "none"
