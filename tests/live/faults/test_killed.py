"""A provider that is killed anywhere, and runs again, ends as if nothing had happened.

The places are counted by a run that is left alone: a provider that learns to do more is tested in more of
them without a word here.
"""

import pytest

from tests.live.support.faults import Script, effects
from tests.live.support.interruption import MOMENTS, Victim
from tests.live.support.operations import Operation
from tests.live.support.played import played
from tests.live.support.scenes import WRITING, Scene
from tests.live.support.stage import Stage
from tests.live.support.trouble import Outcome


@pytest.mark.parametrize("moment", MOMENTS)
@pytest.mark.parametrize("scene", WRITING, ids=lambda scene: scene.__name__)
def test_killed(stage: Stage, subtests: pytest.Subtests, scene: Scene, moment: str) -> None:
    def attempt(operation: Operation, position: int) -> tuple[Script, Outcome]:
        victim = Victim()
        script = Script(MOMENTS[moment](victim), position, effects)
        with played(script, stage.world.site) as there:
            return script, victim.run(operation.at(there))

    cases = list(stage.struck(scene, effects, attempt))
    assert len(cases) >= 2
    for position, case in enumerate(cases):
        with subtests.test(f"{moment} {case.place}"), stage.judged(scene, position):
            assert [exchange.what for exchange in case.script.seen][position:] == [case.place]
            assert case.outcome.error is None
            case.repeated.result()
            stage.world.assert_converged(case.operation)
