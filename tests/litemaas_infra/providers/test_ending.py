"""The end of a workload's pods as a resource of Pulumi's."""

from typing import Any

import pytest

from litemaas_infra.clients import rollout
from litemaas_infra.providers.ending import EndingProvider
from litemaas_infra.providers.site import Site

PROPS: dict[str, Any] = {"site": Site("litemaas").props, "app": "web", "grace": 20.0}

pytestmark = pytest.mark.usefixtures("config")


def test_it_is_made_without_a_look_at_the_cluster() -> None:
    made = EndingProvider().create(PROPS)
    assert (made.id, made.outs) == ("web", PROPS)


@pytest.mark.usefixtures("api")
def test_its_end_is_that_of_the_pods(monkeypatch: pytest.MonkeyPatch) -> None:
    hastened: list[object] = []
    monkeypatch.setattr(rollout, "hasten", lambda _, *which: hastened.append(which))
    EndingProvider().delete("web", PROPS)
    assert hastened == [("litemaas", "web", 20)]


def test_another_pace_is_noted_and_nothing_ends() -> None:
    slower = {**PROPS, "grace": 30.0}
    assert EndingProvider().diff("web", PROPS, slower).changes
    assert EndingProvider().update("web", PROPS, slower).outs == slower
