"""A restore is declared: what it fills, and that it overwrites nothing, is the next `pulumi up`'s."""

import pytest

from tests.litemaas_infra.command.conftest import World

NAME = "20260131T020000Z"


@pytest.fixture
def backed_up(world: World) -> World:
    """A deployment that is backed up."""
    world.declare(backup={"kind": "volume"})
    return world


@pytest.mark.parametrize(("typed", "declared"), [((), "latest"), ((NAME,), NAME)])
def test_it_is_declared_by_its_name_or_as_the_latest(
    backed_up: World, typed: tuple[str, ...], declared: str
) -> None:
    assert declared in backed_up.run("restore", *typed).stdout
    assert backed_up.pulumi.settings == [("backup.restore", "string", declared)]


def test_a_name_that_no_backup_has_is_refused(backed_up: World) -> None:
    done = backed_up.run("restore", "yesterday")
    assert done.exit_code == 2
    assert "latest, or a backup's name" in done.stderr
    assert backed_up.pulumi.settings == []


def test_without_backups_there_is_nothing_to_restore(world: World) -> None:
    done = world.run("restore")
    assert done.exit_code == 3
    assert "litemaas:backup.kind" in done.stderr
    assert world.pulumi.settings == []
