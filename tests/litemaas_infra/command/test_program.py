"""The command as a whole: its help, its completion, its codes."""

from collections.abc import Iterator

import click
import pytest

from litemaas_infra import errors
from litemaas_infra.command.exits import MEANINGS, code_of
from litemaas_infra.command.program import litemaas
from tests.litemaas_infra.command.conftest import World


def _leaves(group: click.Group, way: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from _leaves(command, (*way, name))
        else:
            yield (*way, name), command


COMMANDS = dict(_leaves(litemaas))
each_command = pytest.mark.parametrize("way", COMMANDS, ids=" ".join)


@each_command
def test_every_command_has_help_with_an_example_of_itself(way: tuple[str, ...]) -> None:
    command = COMMANDS[way]
    assert command.help
    assert f"litemaas {' '.join(way)}" in str(command.epilog)


@each_command
def test_every_command_answers_in_json_too(way: tuple[str, ...]) -> None:
    options = {name for parameter in COMMANDS[way].params for name in parameter.opts}
    assert "--json" in options or way == ("completion",)


@pytest.mark.parametrize("way", sorted({way[:-1] for way in COMMANDS}), ids=" ".join)
def test_help_lists_what_there_is(world: World, way: tuple[str, ...]) -> None:
    done = world.run(*way, "--help")
    assert done.exit_code == 0
    for others in COMMANDS:
        if others[: len(way)] == way:
            assert f"\n  {others[len(way)]} " in done.output


def test_help_tells_what_the_codes_mean(world: World) -> None:
    told = world.run("--help").output
    for code, meaning in MEANINGS.items():
        assert f"{code}  {meaning}" in told


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (errors.SettingsError, 3),
        (errors.ClusterRefused, 4),
        (errors.NotInCluster, 4),
        (errors.GatewayUnreachable, 5),
        (errors.EndpointUnseen, 6),
        (errors.DatabaseUntrusted, 7),
        (errors.DataProtected, 1),
    ],
)
def test_a_code_tells_what_kind_of_trouble_it_is(error: type[errors.LiteMaaSError], code: int) -> None:
    assert code_of(error("of that kind")) == code
    assert code in MEANINGS


def test_trouble_ends_in_one_message_and_its_code(world: World) -> None:
    world.api.objects.pop("/api/v1/namespaces/litemaas/secrets/litellm-secret")
    done = world.run("access")
    assert (done.exit_code, done.stdout) == (4, "")
    assert done.stderr == "Error: Secret litellm-secret is not in namespace litemaas; `pulumi up` makes it\n"


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_shells_are_told_how_to_complete_it(world: World, shell: str) -> None:
    assert f"_LITEMAAS_COMPLETE={shell}_complete" in world.run("completion", shell).output
