import pytest

from litemaas_infra.specs.access import access_groups, unserved

SERVED = {"granite", "beta-models", "openai/*"}


@pytest.mark.parametrize(
    "name", ["granite", "beta-models", "openai/gpt-4o", "openai/*", "gran*", "*", "all-proxy-models"]
)
def test_a_key_may_name_what_opens_a_model(name: str) -> None:
    assert unserved([name], SERVED) == []


@pytest.mark.parametrize(
    "name", ["granit", "granite-8b", "Granite", "azure/gpt-4o", "mistral*", "all-team-models", "granite\n"]
)
def test_what_opens_none_is_told_by_its_place(name: str) -> None:
    assert unserved(["granite", name], SERVED) == [1]


@pytest.mark.parametrize("info", [{"access_groups": ["a", "b"]}, {"access_groups": ("a", "b")}])
def test_a_model_is_in_the_groups_that_its_info_says(info: dict[str, object]) -> None:
    assert access_groups(info) == ["a", "b"]
    assert access_groups({"access_groups": "a"}) == ["a"]
    assert access_groups({}) == access_groups({"access_groups": None}) == []
