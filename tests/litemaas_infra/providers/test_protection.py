import pytest

from litemaas_infra.errors import DataProtected
from litemaas_infra.providers.protection import ProtectionProvider

PROVIDER = ProtectionProvider()


def test_the_place_of_the_data_is_remembered() -> None:
    made = PROVIDER.create({"namespace": "litemaas"})
    assert (made.id, made.outs) == ("litemaas", {"namespace": "litemaas"})


def test_the_same_place_is_no_difference() -> None:
    assert PROVIDER.diff("litemaas", {"namespace": "litemaas"}, {"namespace": "litemaas"}).changes is False


def test_another_namespace_is_refused_with_the_ways_out() -> None:
    with pytest.raises(DataProtected) as caught:
        PROVIDER.diff("litemaas", {"namespace": "litemaas"}, {"namespace": "other"})
    assert "changing litemaas:namespace from litemaas to other would replace the database" in str(
        caught.value
    )
    assert "pulumi config set litemaas:namespace litemaas" in str(caught.value)
    assert "pulumi stack init" in str(caught.value)
