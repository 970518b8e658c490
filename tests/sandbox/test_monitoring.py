"""What the rules are checked with: which versions, and that they are pinned."""

import re

from sandbox.monitoring import COMMAND, MODULE, OPERATOR, PROMTOOL

PROMETHEUS = "github.com/prometheus/prometheus"


def test_the_module_pins_one_version_of_each_by_its_content() -> None:
    for name in (PROMETHEUS, OPERATOR):
        (version,) = re.findall(rf"^\s*{name} (v\S+)", (MODULE / "go.mod").read_text(), re.MULTILINE)
        assert f"{name} {version} h1:" in (MODULE / "go.sum").read_text()


def test_the_command_that_is_built_is_the_one_whose_needs_are_pinned() -> None:
    assert COMMAND.startswith(f"{PROMETHEUS}/")
    assert f'import _ "{COMMAND}"' in (MODULE / "tools.go").read_text()


def test_another_version_is_another_build() -> None:
    assert MODULE in PROMTOOL.inputs
