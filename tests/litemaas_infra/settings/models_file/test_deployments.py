"""Several entries of one model_name are its deployments, each with a name that lasts."""

from collections.abc import Sequence

import yaml
from hypothesis import given
from hypothesis import strategies as st

from litemaas_infra.settings.catalogue import conflicts
from litemaas_infra.specs.model import ModelSpec
from tests.litemaas_infra.support.models_files import read_text, specs

Params = dict[str, object]
EAST: Params = {"api_base": "https://east.example.com"}
WEST: Params = {"api_base": "https://west.example.com"}
NORTH: Params = {"api_base": "https://north.example.com"}
OTHERS: list[Params] = [WEST, NORTH, {"organization": "a"}, {"model": "openai/gpt-5"}]


def _text(deployments: Sequence[Params]) -> str:
    common = {"model": "openai/gpt-4", "api_key": "os.environ/KEY"}
    return yaml.safe_dump(
        {"model_list": [{"model_name": "gpt-4", "litellm_params": common | params} for params in deployments]}
    )


def _names(*deployments: Params) -> list[str | None]:
    return [spec.deployment for spec in specs(_text(deployments))]


def _by_base(models: Sequence[ModelSpec]) -> dict[str | None, str | None]:
    return {spec.api_base: spec.deployment for spec in models}


def test_the_first_has_no_name_and_each_further_one_has_its_own() -> None:
    first, *others = _names(EAST, WEST, NORTH)
    assert first is None
    assert None not in others
    assert len(set(others)) == 2


@given(st.permutations(OTHERS))
def test_their_order_does_not_matter(others: list[Params]) -> None:
    names = dict(zip(map(str, others), _names(EAST, *others)[1:], strict=True))
    assert names == dict(zip(map(str, OTHERS), _names(EAST, *OTHERS)[1:], strict=True))


def test_another_limit_or_key_makes_no_other_deployment() -> None:
    assert _names(EAST, WEST | {"rpm": 5, "api_key": "b", "temperature": 1}) == _names(EAST, WEST)


def test_those_that_run_at_one_place_are_numbered() -> None:
    _, one, two, three = _names(EAST, WEST, WEST | {"api_key": "b"}, WEST | {"api_key": "c"})
    assert (two, three) == (f"{one}-2", f"{one}-3")


def test_a_repeated_one_is_refused_with_the_line_of_the_first() -> None:
    for first, place in ((EAST, "models.yml:2"), (WEST, "models.yml:7")):
        (told,) = conflicts(read_text(_text([EAST, WEST, first])).models)
        assert told.startswith(f"models.yml:12: is the model of {place} again")


def test_a_name_that_the_file_gives_is_kept() -> None:
    listed = yaml.safe_load(_text([EAST, WEST]))
    listed["model_list"][1]["model_info"] = {"deployment": "west"}
    assert _by_base(specs(yaml.safe_dump(listed))) == {EAST["api_base"]: None, WEST["api_base"]: "west"}
