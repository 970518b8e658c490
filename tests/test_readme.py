"""The README says of the settings what the program says of them."""

import re
from pathlib import Path

import click
import pytest
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from litemaas_infra.command.program import litemaas
from litemaas_infra.settings import Settings, models_file
from litemaas_infra.settings.catalogue import conflicts
from litemaas_infra.specs.budget import BudgetSpec
from litemaas_infra.specs.group import Group
from litemaas_infra.specs.model import ModelSpec
from litemaas_infra.specs.team import TeamSpec
from litemaas_infra.specs.user import UserSpec
from litemaas_infra.specs.virtual_key import VirtualKeySpec
from tests.end_to_end.support.readme import examples

CHECKOUT = Path(__file__).parent.parent
README = (CHECKOUT / "README.md").read_text()
FIELDS: dict[str, FieldInfo] = {str(field.alias): field for field in Settings.model_fields.values()}
GROUPS = {name: type(f.default) for name, f in FIELDS.items() if isinstance(f.default, Group)}

LISTED: dict[str, type[BaseModel]] = {
    "model": ModelSpec,
    "key": VirtualKeySpec,
    "team": TeamSpec,
    "user": UserSpec,
    "budget": BudgetSpec,
}


def _rows(heading: str) -> dict[str, list[str]]:
    """The cells of the table's rows under a heading, by what the first cell names."""
    table = README.partition(heading)[2].partition("\n\n")[0]
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in table.splitlines()]
    return {row[0].strip("`"): row for row in cells if row[0].startswith("`")}


def test_every_setting_is_in_the_table_and_no_other() -> None:
    assert set(_rows("| setting | default | meaning |")) == set(FIELDS)


@pytest.mark.parametrize("name", FIELDS)
def test_a_setting_is_described_in_the_words_of_its_field(name: str) -> None:
    described = FIELDS[name].description
    assert described
    assert f"{_rows('| setting | default | meaning |')[name][2]}." == described


@pytest.mark.parametrize("group", GROUPS)
def test_the_settings_of_a_group_are_in_their_table_in_their_words(group: str) -> None:
    fields = {str(field.alias): field for field in GROUPS[group].model_fields.values()}
    rows = _rows(f"| of `{group}` | default | meaning |")
    assert {name: f"{row[2]}." for name, row in rows.items()} == {k: f.description for k, f in fields.items()}
    for name, field in fields.items():
        assert rows[name][1].strip("`") == _shown(field.get_default())


def _shown(default: object) -> str:
    if isinstance(default, bool):
        return str(default).lower()
    return str(default or "")


def test_every_shape_has_a_recipe_that_a_test_follows() -> None:
    table = README.partition("| shape | its recipe |")[2].partition("\n\n")[0]
    headings = set(re.findall(r"\[([^]]+)\]\(#", table))
    tests = "".join(file.read_text() for file in (CHECKOUT / "tests/end_to_end").rglob("test_*.py"))
    tests += "".join(file.read_text() for file in (CHECKOUT / "tests/end_to_end").rglob("conftest.py"))
    followed = {heading for heading in headings if f'"## {heading}"' in tests}
    assert len(headings) > 7
    assert headings - followed == {"Try it"}  # which is `make up`


@pytest.mark.parametrize(("kind", "spec"), LISTED.items())
def test_every_field_of_what_is_listed_is_in_its_table_and_no_other(kind: str, spec: type[BaseModel]) -> None:
    table = README.partition(f"| of a {kind} | meaning |")[2].partition("\n\n")[0]
    first = [line.split("|")[1] for line in table.splitlines() if line.startswith("| `")]
    assert set(re.findall(r"`(\w+)`", " ".join(first))) == set(spec.model_fields)


def test_the_examples_of_a_models_file_are_read_without_a_mistake_in_one_stack(tmp_path: Path) -> None:
    files = examples(CHECKOUT / "README.md", "yaml")
    for number, text in enumerate(files):
        (tmp_path / f"{number}.yml").write_text(text)
    read = [models_file.read(f"{number}.yml", tmp_path) for number in range(len(files))]
    assert [(file.mistakes, file.notes) for file in read] == [((), ())] * 2
    assert list(conflicts([placed for file in read for placed in file.models])) == []


def test_every_command_that_is_named_is_there_and_no_other() -> None:
    chapter = README.partition("\n## Day two\n")[2].partition("\n## ")[0]
    named = set(re.findall(r"litemaas ((?:models|keys) [a-z]+|[a-z]+)", chapter.replace("./", "")))
    assert named == {" ".join(way) for way in _commands(litemaas)}


def _commands(group: click.Group) -> list[tuple[str, ...]]:
    found: list[tuple[str, ...]] = []
    for name, command in group.commands.items():
        inner = _commands(command) if isinstance(command, click.Group) else [()]
        found += [(name, *way) for way in inner]
    return found
