"""What is wrong between models, wherever each of them is listed."""

from litemaas_infra.settings.catalogue import conflicts
from tests.litemaas_infra.support.models import granite

SET = "litemaas:models[0]"
LISTED = "models.yml:3"


def test_models_of_different_names_are_no_conflict() -> None:
    assert list(conflicts([(SET, granite()), (LISTED, granite(model_name="other"))])) == []


def test_deployments_of_different_names_are_no_conflict() -> None:
    west, north = granite(deployment="west"), granite(deployment="north")
    assert list(conflicts([(LISTED, west), (SET, granite()), ("models.yml:9", north)])) == []


def test_a_model_that_is_set_and_listed_is_named_with_both_places() -> None:
    assert list(conflicts([(SET, granite()), (LISTED, granite(rpm=5))])) == [
        f"{LISTED}: is the model of {SET} again; remove one of them, or give it a `deployment`"
    ]


def test_one_that_is_set_twice_is_named_with_the_command_that_removes_it() -> None:
    (told,) = conflicts([(SET, granite()), ("litemaas:models[2]", granite())])
    assert told.startswith(f"litemaas:models[2]: is the model of {SET} again; ")
    assert "; pulumi config rm --path 'litemaas:models[2]', or give it a `deployment`" in told


def test_a_deployment_without_a_first_one_is_named_for_no_row_would_be_kept() -> None:
    assert list(conflicts([(SET, granite(deployment="west")), (LISTED, granite(model_name="other"))])) == [
        f"{SET}: is a further deployment of a model without a first; remove its `deployment`"
    ]
