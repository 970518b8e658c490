"""Whatever people, crashes and failing services do to a stack in whatever order: an `up` sets it right.

`EXAMPLES=500 tests/live/run -k random` tries more lives than a build does; a failing one is shown as it went.
"""

import os
from secrets import token_hex
from typing import Any, cast

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from psycopg import sql

from litemaas_infra import names
from litemaas_infra.errors import ModelCollision
from tests.live.support import backend
from tests.live.support.faults import Script, effects
from tests.live.support.interruption import MOMENTS, Victim
from tests.live.support.models import ENDPOINT, spec
from tests.live.support.operations import Operation, Step
from tests.live.support.played import impatient, played
from tests.live.support.services import TROUBLES, Trouble
from tests.live.support.stack import Stack
from tests.live.support.trouble import tried
from tests.live.support.world import World

EXAMPLES = int(os.environ.get("EXAMPLES", "8"))
STEPS = 14
OF_OTHERS = "live-of-others"

_LIMIT = st.none() | st.integers(1, 1000)
FIELDS = st.fixed_dictionaries(
    {
        "rpm": _LIMIT,
        "tpm": _LIMIT,
        "context_length": st.none() | st.sampled_from([4096, 8192]),
        "description": st.sampled_from(["one", "two"]),
        "litellm_model": st.sampled_from(["openai/granite", "openai/mistral"]),
    }
)
NAMES = st.integers(0, 2)
BY_HAND_IN_GATEWAY: dict[str, Any] = {
    "rpm": 1001,
    "model": "openai/of-others",
    "api_base": "http://elsewhere/v1",
}
BY_HAND_IN_ROW: dict[str, Any] = {"rpm": 1001, "description": "of others", "availability": "unavailable"}
SETTINGS = settings(
    max_examples=EXAMPLES,
    stateful_step_count=STEPS,
    deadline=None,
    derandomize="EXAMPLES" not in os.environ,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
    print_blob=True,
)


class Life(RuleBasedStateMachine):
    """A stack of up to three models in a gateway that others use too."""

    def __init__(self, world: World, site: dict[str, Any], secrets: list[str]) -> None:
        super().__init__()
        self.world, self.site, self.secrets = world, site, secrets
        token = token_hex(3)
        self.names = [f"live-random-{token}-{number}" for number in range(3)]
        self.stack = Stack(site)
        self.claims: dict[str, list[object]] = {}
        self.copies: set[str] = set()

    @initialize()
    def others(self) -> None:
        self.world.gateway.make(OF_OTHERS, OF_OTHERS, model="openai/other", api_base=ENDPOINT)
        self.world.database.do("INSERT INTO models (id, name, provider) VALUES (%s, 'x', 'x')", OF_OTHERS)
        self.of_others = self._of_others()
        for name in self.names[:2]:
            self.stack.declared[name] = spec(model_name=name, rpm=10, context_length=4096)
        self.up()

    def teardown(self) -> None:
        self.world.database.do("DELETE FROM subscriptions")
        for name in self.names:
            self.world.erase(name)
        self.world.erase(OF_OTHERS)

    @rule(number=NAMES, fields=FIELDS)
    def declare(self, number: int, fields: dict[str, Any]) -> None:
        given = {name: value for name, value in fields.items() if value is not None}
        self.stack.declared[self.names[number]] = spec(model_name=self.names[number], **given)

    @rule(number=NAMES)
    def declare_no_more(self, number: int) -> None:
        self.stack.declared.pop(self.names[number], None)

    @rule(number=NAMES)
    def delete_by_hand(self, number: int) -> None:
        self.world.gateway.delete(self._id(number))

    @rule(number=NAMES, param=st.sampled_from(sorted(BY_HAND_IN_GATEWAY)))
    def change_by_hand(self, number: int, param: str) -> None:
        if self._id(number) in self._served(number):
            change = {param: BY_HAND_IN_GATEWAY[param]}
            self.world.gateway.change(self._id(number), litellm_params=change)

    @rule(number=NAMES)
    def copy_by_hand(self, number: int) -> None:
        """In the admin UI, where nothing tells that there is a model of this name."""
        name = self.names[number]
        if name not in self.copies:
            self.world.gateway.make(name, f"copy-of-{name}", model="openai/other", api_base=ENDPOINT)
            self.copies.add(name)

    @rule(number=NAMES)
    def delete_the_row(self, number: int) -> None:
        if self.names[number] not in self.claims:
            self.world.database.do("DELETE FROM models WHERE id = %s", self.names[number])

    @rule(number=NAMES, column=st.sampled_from(sorted(BY_HAND_IN_ROW)))
    def change_the_row(self, number: int, column: str) -> None:
        change = sql.SQL("UPDATE models SET {} = %s WHERE id = %s").format(sql.Identifier(column))
        self.world.database.do(change, BY_HAND_IN_ROW[column], self.names[number])

    @rule(number=NAMES)
    def claim(self, number: int) -> None:
        name = self.names[number]
        if self.world.database.row(name):
            backend.claim(self.world.database, name)
            self.claims[name] = backend.claims(self.world.database, name)

    @rule(trouble=st.sampled_from(TROUBLES), position=st.integers(0, 12), lasting=st.booleans())
    def failing_up(self, trouble: Trouble, position: int, lasting: bool) -> None:
        script = Script(trouble.fault, position, trouble.counts, lasting)
        plan = self.stack.plan()
        with played(script, self.site) as there, impatient(trouble.service):
            outcome = tried(_at(plan, there))
        outcome.assert_clear(self.secrets)
        self.stack.record(plan, outcome.done)

    @rule(moment=st.sampled_from(sorted(MOMENTS)), position=st.integers(0, 12))
    def killed_up(self, moment: str, position: int) -> None:
        victim, plan = Victim(), self.stack.plan()
        script = Script(MOMENTS[moment](victim), position, effects)
        with played(script, self.site) as there:
            outcome = victim.run(_at(plan, there))
        outcome.assert_clear(self.secrets)
        self.stack.record(plan, outcome.done)

    @rule()
    def up(self) -> None:
        error = self._up()
        if isinstance(error, ModelCollision):
            self._delete_copies()
            error = self._up()
        assert error is None
        self._assert_as_declared()
        assert self.stack.plan() == []

    @invariant()
    def what_others_have_is_left_alone(self) -> None:
        assert self._of_others() == self.of_others
        for name, claims in self.claims.items():
            assert backend.claims(self.world.database, name) == claims

    def _up(self) -> Exception | None:
        plan = self.stack.plan()
        outcome = tried(plan)
        self.stack.record(plan, outcome.done)
        if isinstance(outcome.error, ModelCollision):
            assert plan[len(outcome.done)][0].name in self.copies
        return outcome.error

    def _delete_copies(self) -> None:
        for name in self.copies:
            self.world.gateway.delete(f"copy-of-{name}")
        self.copies.clear()

    def _assert_as_declared(self) -> None:
        for number, name in enumerate(self.names):
            ours = [self._id(number)] if name in self.stack.declared else []
            copies = [f"copy-of-{copied}" for copied in self.copies & {name}]
            assert sorted(self._served(number)) == sorted([*ours, *copies])
            row = self.world.database.row(name)
            if name in self.stack.declared:
                self._assert_row(name, row)
            elif name in self.claims:
                assert row is not None
                assert row["availability"] == "unavailable"
            else:
                assert row is None

    def _assert_row(self, name: str, row: dict[str, Any] | None) -> None:
        declared = self.stack.declared[name]
        assert row is not None
        for column in ("rpm", "tpm", "description", "context_length", "availability"):
            assert row[column] == getattr(declared, column)
        assert row["backend_model_name"] == declared.litellm_model.partition("/")[2]

    def _of_others(self) -> list[object]:
        return [*self.world.gateway.named(OF_OTHERS), self.world.database.row(OF_OTHERS)]

    def _served(self, number: int) -> list[str]:
        """The ids under which the gateway serves the name."""
        return [model["model_info"]["id"] for model in self.world.gateway.named(self.names[number])]

    def _id(self, number: int) -> str:
        return names.model_id(self.names[number])


def _at(plan: list[Step], there: dict[str, Any]) -> list[Step]:
    return Operation(plan).at(there)


def test_random(world: World, site: dict[str, Any], secrets: list[str]) -> None:
    run_state_machine_as_test(cast("Any", lambda: Life(world, site, secrets)), settings=SETTINGS)
