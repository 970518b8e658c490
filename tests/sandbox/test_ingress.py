"""The Ingress controller's build: which one it is, and that it is pinned."""

import re

from sandbox.ingress import COMMAND, MODULE, TRAEFIK

TRAEFIK_ITSELF = "github.com/traefik/traefik/v3"


def test_the_module_pins_one_version_of_traefik_by_its_content() -> None:
    (version,) = re.findall(rf"{TRAEFIK_ITSELF} (v3\S+)", (MODULE / "go.mod").read_text())
    assert f"{TRAEFIK_ITSELF} {version} h1:" in (MODULE / "go.sum").read_text()


def test_the_command_that_is_built_is_the_one_whose_needs_are_pinned() -> None:
    assert COMMAND.startswith(f"{TRAEFIK_ITSELF}/")
    assert f'import _ "{COMMAND}"' in (MODULE / "tools.go").read_text()


def test_another_version_is_another_build() -> None:
    assert MODULE in TRAEFIK.inputs
