"""What was spent, summed up."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from litemaas_infra.clients.spending import Spent
from tests.litemaas_infra.command.conftest import World

TODAY = datetime.now(UTC).date()
SPENT = [
    Spent(TODAY - timedelta(days=40), "anna", "red", "granite", 100.0, 1, 1),
    Spent(TODAY - timedelta(days=1), "anna", "red", "granite", 0.5, 100, 2),
    Spent(TODAY, "anna", "red", "mistral", 0.25, 50, 1),
    Spent(TODAY, "bob", None, "granite", 1.0, 200, 4),
]


@pytest.fixture
def used(world: World) -> World:
    """A gateway that was asked things."""
    world.spent = SPENT
    return world


def test_it_is_summed_up_in_all_and_by_keys_teams_models_and_days(used: World) -> None:
    told = json.loads(used.run("spend", "--json").stdout)
    days = json.loads(used.run("spend", "--by", "day", "--json").stdout)
    assert told["total"] == {"name": "total", "dollars": 1.75, "tokens": 350, "requests": 7}
    sums = {
        name: [(one["name"], one["dollars"]) for one in told["by"][name]] for name in ("key", "team", "model")
    }
    assert sums == {
        "key": [("bob", 1.0), ("anna", 0.75)],
        "team": [("(no team)", 1.0), ("red", 0.75)],
        "model": [("granite", 1.5), ("mistral", 0.25)],
    }
    assert [one["dollars"] for one in days["by"]["day"]] == [0.5, 1.25]


def test_people_see_tables_of_keys_teams_and_models(used: World) -> None:
    lines = used.run("spend").stdout.splitlines()
    assert lines[0] == f"$1.7500 since {TODAY - timedelta(days=30)}, 350 tokens, 7 requests"
    assert [line.split()[0] for line in lines if "dollars" in line] == ["key", "team", "model"]


def test_they_may_ask_for_one_table_alone(used: World) -> None:
    lines = used.run("spend", "--by", "day").stdout.splitlines()
    assert [line.split()[0] for line in lines[1:]] == ["day", str(TODAY - timedelta(days=1)), str(TODAY)]


@pytest.mark.parametrize("since", ["41d", str(TODAY - timedelta(days=41))])
def test_it_is_summed_up_since_a_day(used: World, since: str) -> None:
    assert json.loads(used.run("spend", "--since", since, "--json").stdout)["total"]["dollars"] == 101.75


@pytest.mark.parametrize("since", ["yesterday", "2026-13-01", "99999d"])
def test_what_is_no_day_is_refused(used: World, since: str) -> None:
    done = used.run("spend", "--since", since)
    assert done.exit_code == 2
    assert "is neither a day, 2026-11-01 for instance, nor days ago" in done.stderr


@pytest.mark.parametrize(("name", "begins"), [("a.png", b"\x89PNG"), ("a.svg", b"<?xml")])
def test_it_is_drawn(used: World, tmp_path: Path, name: str, begins: bytes) -> None:
    assert used.run("spend", "--plot", str(tmp_path / name)).exit_code == 0
    assert (tmp_path / name).read_bytes().startswith(begins)


def test_nothing_spent_is_drawn_too(world: World, tmp_path: Path) -> None:
    assert world.run("spend", "--plot", str(tmp_path / "a.png")).stdout.startswith("$0.0000 since ")


@pytest.mark.parametrize(
    ("name", "words"), [("a.doc", "let it end in .png, .svg, .pdf"), ("no/a.png", "cannot be written")]
)
def test_a_plot_that_cannot_be_written_is_said(used: World, tmp_path: Path, name: str, words: str) -> None:
    done = used.run("spend", "--plot", str(tmp_path / name))
    assert done.exit_code == 3
    assert words in done.stderr
