import pytest

from litemaas_infra.clients.dialect import Dialect


@pytest.mark.parametrize(
    ("version", "removes"),
    [
        ("1.74.7", False),
        ("1.81.0-stable", False),
        ("1.108.10", False),
        ("1.109.0", True),
        ("1.109.1.dev3", True),
        ("2.0.0", True),
        (None, False),
        ("latest", False),
    ],
)
def test_what_a_version_can_take_back_follows_from_what_it_reports(
    version: str | None, *, removes: bool
) -> None:
    assert Dialect.of(version).removes_params is removes


@pytest.mark.parametrize(
    ("version", "made", "changed"),
    [("1.74.7", 11.0, 11.0), ("1.81.16", 0.0, 31.0), ("1.108.7", 0.0, 0.0), ("1.109.1", 0.0, 0.0)],
)
def test_a_credential_is_waited_for_where_the_gateway_uses_it_later(
    version: str, made: float, changed: float
) -> None:
    dialect = Dialect.of(version)
    assert (dialect.credential_made, dialect.credential_changed) == (made, changed)


def test_a_removal_is_only_written_where_it_is_understood_and_needed() -> None:
    assert Dialect(removes_params=True).removal(["rpm"]) == {"litellm_params_to_remove": ["rpm"]}
    assert Dialect(removes_params=True).removal([]) == {}
    assert Dialect(removes_params=False).removal(["rpm"]) == {}
