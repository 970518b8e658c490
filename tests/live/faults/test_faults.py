"""LiteLLM and PostgreSQL failing in every way, at every request of every operation.

It ends in time, with success or with one clear error; the next run without faults sets everything right.
The provider's own patience, half a minute, and its limit of a minute for an answer are shortened to seconds:
tests.live.support.played.impatient.
"""

import pytest

from tests.live.support.faults import Script
from tests.live.support.operations import Operation
from tests.live.support.played import impatient, played
from tests.live.support.scenes import SCENES, Scene
from tests.live.support.services import TROUBLES, Trouble
from tests.live.support.stage import Stage
from tests.live.support.trouble import Outcome, tried


@pytest.mark.timeout(180, func_only=True)  # not of the deployment that the first one begins with
@pytest.mark.parametrize("trouble", TROUBLES, ids=lambda trouble: trouble.name)
@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene.__name__)
def test_faults(
    stage: Stage, secrets: list[str], subtests: pytest.Subtests, scene: Scene, trouble: Trouble
) -> None:
    def attempt(operation: Operation, position: int) -> tuple[Script, Outcome]:
        script = Script(trouble.fault, position, trouble.counts, trouble.lasting)
        with played(script, stage.world.site) as there:
            return script, tried(operation.at(there))

    cases = stage.struck(scene, trouble.counts, attempt, meanwhile=impatient(trouble.service))
    for position, case in enumerate(cases):
        with subtests.test(case.place), stage.judged(scene, position):
            assert case.script.struck
            case.outcome.assert_clear(secrets)
            case.repeated.result()
            stage.world.assert_converged(case.operation)
