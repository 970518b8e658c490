"""The contracts between the layers, which pyproject.toml states, hold."""

from pathlib import Path

import pytest
from importlinter.api import read_configuration
from importlinter.cli import EXIT_STATUS_SUCCESS, lint_imports

CHECKOUT = Path(__file__).parent.parent
CONTRACTS = read_configuration(str(CHECKOUT / "pyproject.toml"))["contracts_options"]


@pytest.fixture(autouse=True)
def in_checkout(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(CHECKOUT)
    monkeypatch.syspath_prepend(str(CHECKOUT))


def test_there_are_contracts() -> None:
    assert len(CONTRACTS) >= 4


def test_every_contract_holds(capsys: pytest.CaptureFixture[str]) -> None:
    status = lint_imports(no_cache=True)
    assert status == EXIT_STATUS_SUCCESS, capsys.readouterr().out
