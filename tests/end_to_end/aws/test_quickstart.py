"""The main job: `make up`, and the README's lines after it."""

import re

import yaml

from tests.end_to_end.aws.conftest import Deployed
from tests.end_to_end.support import readme
from tests.end_to_end.support.commands import CHECKOUT, run
from tests.end_to_end.support.pulumi import Stack
from tests.end_to_end.support.sandbox import inside

_END = "---- end of step ----"
_RUNNERS = {"sh": "{lines}", "python": f"'{CHECKOUT}/.venv/bin/python' - <<'END'\n{{lines}}END\n"}


def test_make_up_ends_with_the_address_of_the_gateway(deployed: Deployed) -> None:
    assert 'gateway_url           : "https://litellm-litemaas.apps.sandbox.test"' in deployed.make.out


def test_the_readme_s_lines_print_what_it_says(deployed: Deployed) -> None:
    del deployed
    steps = readme.steps(CHECKOUT / "README.md", "## Use it")
    script = "".join(f"{_RUNNERS[step.language].format(lines=step.lines)}echo '{_END}'\n" for step in steps)
    done = inside("sh", "-eu", stdin=script, timeout=120).succeeded()
    printed = done.out.split(f"{_END}\n")
    for step, output in zip(steps, printed[:-1], strict=True):
        assert step.fits(output), f"{step.lines}printed\n{output}instead of\n{step.printed}"


def test_the_readme_uses_curl_and_the_openai_client() -> None:
    lines = "".join(step.lines for step in readme.steps(CHECKOUT / "README.md", "## Use it"))
    assert "curl" in lines
    assert "openai.OpenAI(" in lines


def test_a_second_make_up_builds_nothing_and_changes_nothing(deployed: Deployed) -> None:
    del deployed
    done = run("make", "up", "FLAVOUR=aws").succeeded().says("The sandbox is up already")
    assert re.search(r"^Resources:\n +\d+ unchanged$", done.out, re.MULTILINE), str(done)
    assert "Building" not in done.out


def test_a_refresh_finds_nothing_changed(deployed: Deployed, stack: Stack) -> None:
    del deployed
    stack.unchanged()


def test_the_outputs_say_where_to_go_and_who_the_admin_is(deployed: Deployed, stack: Stack) -> None:
    del deployed
    outputs = stack.outputs()
    url = "https://litellm-litemaas.apps.sandbox.test"
    assert outputs["gateway_url"] == url
    assert outputs["admin_portal"] == f"{url}/ui"
    assert outputs["admin_user"] == "admin"
    assert set(outputs["models"]) == {"granite-3-2-8b-instruct", "mistral-7b-instruct"}


def test_the_password_command_of_the_outputs_gives_one_that_logs_in(deployed: Deployed, stack: Stack) -> None:
    del deployed
    outputs = stack.outputs()
    password = inside("sh", "-euc", outputs["admin_password_command"]).succeeded().out
    form = (
        "--data-urlencode",
        f"username={outputs['admin_user']}",
        "--data-urlencode",
        f"password={password}",
    )
    login = ("curl", "-sS", "-o", "/dev/null", "-w", "%{http_code} %{redirect_url}", *form)
    assert inside(*login, f"{outputs['gateway_url']}/login").succeeded().out.startswith("303 ")


def test_the_checkout_stays_as_it_was(deployed: Deployed) -> None:
    assert run("git", "status", "--porcelain").succeeded().out == deployed.checkout_before


def test_no_salt_is_written_into_the_stacks_files(deployed: Deployed) -> None:
    del deployed
    for file in CHECKOUT.glob("Pulumi.*.yaml"):
        assert set(yaml.safe_load(file.read_text())) == {"config"}, file
