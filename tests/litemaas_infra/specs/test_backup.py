"""Where backups go, when they are made, and what can be restored."""

from typing import Any

import pytest
from pydantic import ValidationError

from litemaas_infra.specs.backup import Backup

S3 = {"kind": "s3", "bucket": "copies", "secret": "store"}


def test_none_are_made_unless_they_are_wanted() -> None:
    assert not Backup().made
    assert Backup(kind="volume").made


@pytest.mark.parametrize("schedule", ["0 2 * * *", "*/15 0-6 1,15 * MON-FRI", "@daily"])
def test_a_schedule_is_as_cron_has_it(schedule: str) -> None:
    assert Backup(schedule=schedule).schedule == schedule


@pytest.mark.parametrize("schedule", ["2am", "0 2 * *", "0 2 * * * *", "@never"])
def test_any_other_schedule_is_refused(schedule: str) -> None:
    with pytest.raises(ValidationError, match="is not a time as cron has it"):
        Backup(schedule=schedule)


@pytest.mark.parametrize("field", ["bucket", "secret"])
def test_an_object_store_needs_a_bucket_and_the_keys_to_it(field: str) -> None:
    given = {name: value for name, value in S3.items() if name != field}
    with pytest.raises(
        ValidationError, match=rf"names no {field}; pulumi config set --path litemaas:backup\."
    ):
        Backup.model_validate(given)
    assert Backup.model_validate(S3).made


@pytest.mark.parametrize("restore", ["latest", "20260131T020000Z"])
def test_one_is_restored_by_its_name_or_the_latest(restore: Any) -> None:
    assert Backup(kind="volume", restore=restore).restore == restore


@pytest.mark.parametrize("restore", ["yesterday", "20260131", "../20260131T020000Z"])
def test_nothing_else_is_a_name(restore: str) -> None:
    with pytest.raises(ValidationError, match="is not latest, or a backup's name"):
        Backup(kind="volume", restore=restore)


def test_what_is_to_be_restored_is_somewhere() -> None:
    with pytest.raises(ValidationError, match=r"pulumi config set --path litemaas:backup\.kind volume"):
        Backup(restore="latest")
