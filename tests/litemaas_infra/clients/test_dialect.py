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


def test_a_removal_is_only_written_where_it_is_understood_and_needed() -> None:
    assert Dialect(removes_params=True).removal(["rpm"]) == {"litellm_params_to_remove": ["rpm"]}
    assert Dialect(removes_params=True).removal([]) == {}
    assert Dialect(removes_params=False).removal(["rpm"]) == {}
