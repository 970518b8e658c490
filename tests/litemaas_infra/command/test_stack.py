"""The stack's settings, as Pulumi tells them."""

from pathlib import Path

import pytest

from litemaas_infra.command import stack as stacks
from litemaas_infra.command.stack import Stack
from litemaas_infra.errors import SettingsError
from tests.litemaas_infra.command.conftest import World
from tests.litemaas_infra.support.models import granite
from tests.litemaas_infra.support.models_files import as_ansible

pytestmark = pytest.mark.usefixtures("world")


def test_the_selected_stack_s_settings_are_read_with_their_secrets(world: World) -> None:
    world.declare(namespace="mine", keys=[{"alias": "anna"}])
    settings = Stack().settings()
    assert (settings.namespace, settings.keys[0].alias) == ("mine", "anna")
    assert world.pulumi.asked == ["config --non-interactive --json --show-secrets"]


def test_another_stack_is_named(world: World) -> None:
    world.run("--stack", "cnv", "access")
    assert world.pulumi.asked == ["config --stack cnv --non-interactive --json --show-secrets"]


def test_settings_that_are_wrong_are_named_as_pulumi_up_names_them(world: World) -> None:
    world.declare(storageSize="big")
    done = world.run("access")
    assert done.exit_code == 3
    assert "litemaas:storageSize: is not a size" in done.stderr


def test_what_pulumi_cannot_tell_is_said_with_its_reason(world: World) -> None:
    world.pulumi.refuse("error: no stack selected; please use `pulumi stack select`\nwarning: it is old\n")
    done = world.run("access")
    assert done.exit_code == 3
    assert (
        "the settings of the selected stack are not to be had: Pulumi says: no stack selected; please"
        in done.stderr
    )


def test_without_pulumi_it_is_said_that_it_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(SettingsError, match="no `pulumi` on the PATH"):
        Stack().settings()


def test_a_pulumi_that_hangs_is_given_up(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    (world.pulumi.folder / "pulumi").write_text("#!/bin/sh\nexec sleep 60\n")
    monkeypatch.setattr(stacks, "PATIENCE", 0.2)
    with pytest.raises(SettingsError, match="did not end within"):
        Stack().settings()


def test_an_entry_is_set_as_it_is_meant_and_its_name_last(world: World) -> None:
    Stack().declare(
        "keys[1]", {"alias": "007", "models": ["a", "b c"], "max_budget": 0.5, "rpm": 5, "blocked": True}
    )
    assert world.pulumi.settings == [
        ("keys[1].models[0]", "string", "a"),
        ("keys[1].models[1]", "string", "b c"),
        ("keys[1].max_budget", "float", "0.5"),
        ("keys[1].rpm", "int", "5"),
        ("keys[1].blocked", "bool", "true"),
        ("keys[1].alias", "string", "007"),
    ]


def test_entries_are_counted_without_those_of_files(world: World, tmp_path: Path) -> None:
    file = tmp_path / "models.yml"
    file.write_text(as_ansible([granite()]))
    world.declare(modelsFile=str(file), keys=[{"alias": "anna"}])
    assert (len(Stack().settings().models), Stack().count("models"), Stack().count("keys")) == (1, 0, 1)
