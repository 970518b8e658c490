"""One sandbox at a time, started and ended by these tests; a user's own is never touched."""

import pytest

from sandbox.cluster.down import traces

ORDER = (
    "aws.test_quickstart",
    "aws.test_platform",
    "aws.test_one_liners",
    "aws.test_exposure",
    "aws.test_portal",
    "aws.test_secrets",
    "aws.test_models_file",
    "aws.test_configuration",
    "aws.test_keys",
    "aws.test_command",
    "aws.test_backup",
    "aws.test_monitoring",
    "aws.test_scale",
    "aws.test_drift",
    "aws.test_deleted",
    "aws.test_trouble",
    "aws.test_lost_state",
    "aws.test_killed",
    "aws.test_sandbox",
    "aws.test_chat",
    "aws.test_destroy",
    "aws.test_wrong_input",
    "aws.test_down",
    "cnv.test_deploy",
    "cnv.test_volume",
    "cnv.test_destroy",
    "plain.test_quickstart",
    "plain.test_exposure",
    "plain.test_wrong_input",
    "plain.test_lost_volume",
    "plain.test_destroy",
    "plain.test_shared_postgres",
    "migration.test_migration",
)
"""A stack's life: the modules share what is deployed, and each leaves it as the next expects it."""


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Every module in its place; one that has no place is an error."""
    here = f"{__package__}."
    mine = [item for item in items if _module(item).startswith(here)]
    places = {name: place for place, name in enumerate(ORDER)}
    mine.sort(key=lambda item: places[_module(item).removeprefix(here)])
    items[:] = [item for item in items if not _module(item).startswith(here)] + mine


def _module(item: pytest.Item) -> str:
    return str(item.getparent(pytest.Module).obj.__name__)  # type: ignore[union-attr]  # every test has a module


@pytest.fixture(scope="session", autouse=True)
def _nothing_is_up() -> None:
    if traces():
        pytest.exit("a sandbox is on this machine; run `make down` first, these tests need their own", 1)
