"""What containers said last."""

import json

from tests.litemaas_infra.command.conftest import World, pod


def test_the_gateway_s_are_printed_unless_another_is_named(world: World) -> None:
    world.api.say("litellm-1", "it serves\n")
    world.api.say("litemaas-postgres-0", "it keeps\n")
    assert world.run("logs").stdout == "--- litellm-1 litellm\nit serves\n"
    assert world.run("logs", "litemaas-postgres").stdout == (
        "--- litemaas-postgres-0 litemaas-postgres\nit keeps\n"
    )


def test_every_pod_of_the_app_is_asked(world: World) -> None:
    world.api.put("pods", {"items": [pod("litellm-1", "litellm"), pod("litellm-2", "litellm")]})
    for name in ("litellm-1", "litellm-2"):
        world.api.say(name, f"{name} serves\n")
    told = json.loads(world.run("logs", "--json").stdout)["logs"]
    assert [(log["pod"], log["text"]) for log in told] == [
        ("litellm-1", "litellm-1 serves\n"),
        ("litellm-2", "litellm-2 serves\n"),
    ]


def test_an_app_without_pods_is_told_with_those_that_have_some(world: World) -> None:
    done = world.run("logs", "nobody")
    assert done.exit_code == 4
    assert "has no pod of app nobody; it has pods of: litellm, litemaas-postgres" in done.stderr
