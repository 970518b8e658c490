"""How many replicas there may be."""

import pytest
from pydantic import ValidationError

from litemaas_infra.specs.scale import Scale


def test_one_replica_unless_more_are_wanted() -> None:
    assert (Scale().replicas, Scale().most) == (1, 1)
    assert Scale(replicas=3).most == 3
    assert Scale.model_validate({"replicas": 2, "maxReplicas": 6}).most == 6


@pytest.mark.parametrize("most", [1, 2])
def test_the_most_is_more_than_the_fewest(most: int) -> None:
    with pytest.raises(ValidationError, match=f"is {most}, and is to be more than replicas, which is 2"):
        Scale.model_validate({"replicas": 2, "maxReplicas": most})


@pytest.mark.parametrize("replicas", [0, 51])
def test_there_are_replicas_but_no_crowd_of_them(replicas: int) -> None:
    with pytest.raises(ValidationError):
        Scale(replicas=replicas)
