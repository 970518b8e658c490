"""Rows in step with the gateway: never by a list of models that may not be the whole of it."""

from contextlib import contextmanager
from types import SimpleNamespace
from typing import Any

import pytest

from litemaas_infra.clients import models_table, stored_models
from litemaas_infra.errors import DataProtected, GatewayUnreachable
from litemaas_infra.providers import rows
from litemaas_infra.providers.rows import RowsProvider
from litemaas_infra.specs.rows import of_served

PROPS: dict[str, Any] = {"site": {"namespace": "litemaas"}, "declared": [], "orphans": "retire", "most": 2.0}


def _served(*names: str) -> dict[str, Any]:
    return {
        f"id-{n}": {"model_name": n, "litellm_params": {}, "model_info": {"id": f"id-{n}"}} for n in names
    }


class World:
    """A gateway and a table, and what is written to it."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.served: Any = _served("a", "b")
        self.stored = dict(self.served)
        self.rows = {
            name: {**of_served(model), "name": name} for name, model in (("a", self.served["id-a"]),)
        }
        self.saved: list[str] = []
        self.retired: list[str] = []
        self.removed: list[str] = []
        monkeypatch.setattr(rows, "session", lambda _: self)
        monkeypatch.setattr(rows, "outdated", lambda _: None)
        monkeypatch.setattr(stored_models, "every", lambda *_: self.stored)
        monkeypatch.setattr(models_table, "every", lambda _: self.rows)
        monkeypatch.setattr(models_table, "save", lambda _, row: self.saved.append(row["id"]))
        monkeypatch.setattr(models_table, "retire", lambda _, name: self.retired.append(name))
        monkeypatch.setattr(models_table, "remove", lambda _, name: self.removed.append(name))

    def orphaned(self, *names: str) -> None:
        self.rows |= {name: {"id": name, "name": name, "availability": "available"} for name in names}

    def exists(self) -> bool:
        return True

    def salt_key(self) -> str:
        return "salt"

    def with_table(self) -> None:
        """There is one."""

    def gateway(self) -> Any:
        if isinstance(self.served, Exception):
            raise self.served
        return SimpleNamespace(served=lambda: self.served)

    @contextmanager
    def _connection(self) -> Any:
        yield None

    def models(self) -> Any:
        return self._connection()


@pytest.fixture
def world(monkeypatch: pytest.MonkeyPatch) -> World:
    there = World(monkeypatch)
    # `rows` is both what is there and how a session opens it.
    monkeypatch.setattr(rows, "session", lambda _: _Opened(there))
    return there


class _Opened:
    def __init__(self, world: World) -> None:
        self._world = world

    def __getattr__(self, name: str) -> Any:
        return self._world.models if name == "rows" else getattr(self._world, name)


def test_what_is_missing_is_made_and_what_agrees_is_left_alone(world: World) -> None:
    RowsProvider().create(PROPS)
    assert (world.saved, world.retired) == (["b"], [])


def test_a_difference_is_a_change_that_is_told(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    assert RowsProvider().diff("rows", PROPS, dict(PROPS)).changes is True
    assert "rows out of step with the gateway: missing or changed: b" in capsys.readouterr().err
    world.served = world.stored = _served("a")
    assert RowsProvider().diff("rows", PROPS, dict(PROPS)).changes is False


@pytest.mark.parametrize(
    ("policy", "retired", "removed"), [("retire", ["x"], []), ("delete", [], ["x"]), ("keep", [], [])]
)
def test_a_row_without_a_model_goes_as_the_policy_says(
    world: World, policy: str, retired: list[str], removed: list[str]
) -> None:
    world.orphaned("x")
    RowsProvider().update("rows", PROPS, {**PROPS, "orphans": policy})
    assert (world.retired, world.removed) == (retired, removed)


def test_a_gateway_that_serves_nothing_retires_nothing(
    world: World, capsys: pytest.CaptureFixture[str]
) -> None:
    world.served = {}
    world.stored = {}
    RowsProvider().update("rows", PROPS, PROPS)
    assert world.retired == []
    assert "no row is taken to be without a model" in capsys.readouterr().err


def test_a_gateway_that_serves_less_than_it_has_stored_retires_nothing(world: World) -> None:
    world.orphaned("x")
    world.served = _served("a")
    RowsProvider().update("rows", PROPS, PROPS)
    assert world.retired == []


def test_a_listing_that_fails_is_an_error_and_nothing_is_written(world: World) -> None:
    world.orphaned("x")
    world.served = GatewayUnreachable("nobody answers")
    with pytest.raises(GatewayUnreachable):
        RowsProvider().update("rows", PROPS, PROPS)
    assert (world.saved, world.retired) == ([], [])


def test_more_than_may_go_at_a_time_is_refused_before_anything_is_written(world: World) -> None:
    world.orphaned("x", "y", "z")
    with pytest.raises(DataProtected, match=r"3 rows .*x, y, z.* litemaas:rows\.most 3"):
        RowsProvider().update("rows", PROPS, PROPS)
    assert (world.saved, world.retired) == ([], [])
