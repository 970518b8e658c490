import pytest

from litemaas_infra.errors import DataProtected
from litemaas_infra.providers.protection import ProtectionProvider

PROVIDER = ProtectionProvider()
OWN = {"namespace": "litemaas", "database": "own", "leave_volumes": False, "protect": False}
EXISTING = {**OWN, "database": "existing"}


def test_the_place_of_the_data_is_remembered() -> None:
    made = PROVIDER.create(OWN)
    assert (made.id, made.outs) == ("litemaas", OWN)


def test_the_same_place_is_no_difference() -> None:
    assert PROVIDER.diff("litemaas", OWN, dict(OWN)).changes is False


def test_another_namespace_is_refused_with_the_ways_out() -> None:
    with pytest.raises(DataProtected) as caught:
        PROVIDER.diff("litemaas", OWN, {**OWN, "namespace": "other"})
    assert "changing litemaas:namespace from litemaas to other would replace the database" in str(
        caught.value
    )
    assert "pulumi config set litemaas:namespace litemaas" in str(caught.value)
    assert "pulumi stack init" in str(caught.value)


@pytest.mark.parametrize("old", ["own", "cnpg"])
def test_a_server_that_would_take_its_volume_with_it_is_not_left(old: str) -> None:
    with pytest.raises(DataProtected) as caught:
        PROVIDER.diff("litemaas", {**OWN, "database": old}, EXISTING)
    message = str(caught.value)
    assert f"changing litemaas:database.kind from {old} to existing would delete" in message
    assert f"pulumi config set --path litemaas:database.kind {old}" in message
    assert "pulumi config set --path litemaas:database.leaveVolumes true" in message


def test_it_is_left_when_its_data_may_go() -> None:
    assert PROVIDER.diff("litemaas", OWN, {**EXISTING, "leave_volumes": True}).changes is True


def test_a_protected_one_is_not_left_before_its_protection_has_ended() -> None:
    with pytest.raises(DataProtected, match=r"pulumi config set litemaas:protectData false"):
        PROVIDER.diff("litemaas", {**OWN, "protect": True}, {**EXISTING, "leave_volumes": True})


def test_the_protection_ends_by_itself() -> None:
    assert PROVIDER.diff("litemaas", {**OWN, "protect": True}, OWN).changes is True


def test_a_server_of_someone_elses_is_left_at_any_time() -> None:
    assert PROVIDER.diff("litemaas", EXISTING, OWN).changes is True
