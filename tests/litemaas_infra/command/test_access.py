"""Where the gateway is, and who its admin is."""

import json
from pathlib import Path

import pytest

from tests.litemaas_infra.command.conftest import HOST, PASSWORD, World

ROUTE = "/apis/route.openshift.io/v1/namespaces/litemaas/routes/litellm"
BLOCK = f"""\
=========================================
LiteMaaS Access Information
=========================================
LiteLLM Admin Portal: https://{HOST}
User API Endpoint: https://{HOST}

Admin Credentials:
  Username: admin
  Password: {{}}
=========================================
"""


def test_it_says_where_to_go_and_keeps_the_password(world: World) -> None:
    done = world.run("access")
    assert (done.exit_code, done.stdout) == (0, BLOCK.format("shown by --show"))


def test_the_password_is_shown_when_asked_for(world: World) -> None:
    assert world.run("access", "--show").stdout == BLOCK.format(PASSWORD)


def test_it_is_kept_in_a_file_that_nobody_else_reads(world: World, tmp_path: Path) -> None:
    file = tmp_path / "access.txt"
    file.write_text("something longer than what is to be in it\n" * 20)
    file.chmod(0o644)
    done = world.run("access", "--save", str(file))
    assert file.read_text() == BLOCK.format(PASSWORD)
    assert file.stat().st_mode & 0o777 == 0o600
    assert PASSWORD not in done.output


def test_a_file_that_cannot_be_written_is_said(world: World, tmp_path: Path) -> None:
    done = world.run("access", "--save", str(tmp_path / "no" / "folder"))
    assert done.exit_code == 3
    assert "cannot be written: No such file or directory; name another file" in done.stderr


def test_programs_get_no_password_either_unless_they_ask(world: World) -> None:
    told = json.loads(world.run("access", "--json").stdout)
    assert (told["admin_portal"], told["username"], told["password"]) == (f"https://{HOST}", "admin", None)
    assert json.loads(world.run("access", "--show", "--json").stdout)["password"] == PASSWORD


def test_where_nothing_is_exposed_the_way_in_is_told(world: World) -> None:
    world.api.objects.pop(ROUTE)
    told = world.run("access").stdout
    assert "LiteLLM Admin Portal: http://127.0.0.1:4000\n" in told
    assert "kubectl port-forward service/litellm 4000:4000 -n litemaas" in told


@pytest.mark.parametrize(("app", "name"), [("litemaas-frontend", "LiteMaaS"), ("open-webui", "Open WebUI")])
def test_what_else_is_deployed_is_told(world: World, app: str, name: str) -> None:
    world.api.objects[ROUTE.replace("litellm", app)] = world.api.objects[ROUTE]
    assert f"{name}: https://{HOST}\n" in world.run("access").stdout
