import pytest

from litemaas_infra import names


def test_a_models_id_follows_from_its_name_alone_and_never_changes() -> None:
    # A literal: an id that changed would orphan every model that was ever deployed.
    assert names.model_id("granite") == names.model_id("granite") == "41a2cd6b-413b-5a83-9065-5804de6a1753"


def test_two_names_have_two_ids() -> None:
    assert names.model_id("granite") != names.model_id("Granite")


def test_labels_select_by_app_and_say_who_manages() -> None:
    assert names.labels("litellm", "ai-proxy") == {
        "app": "litellm",
        "component": "ai-proxy",
        "app.kubernetes.io/name": "litellm",
        "app.kubernetes.io/part-of": "litemaas",
        "app.kubernetes.io/managed-by": "pulumi",
    }


def test_the_pod_and_its_claim_have_the_names_of_the_documentation() -> None:
    assert (names.POSTGRES, names.POSTGRES_CLAIM) == ("litemaas-postgres", "data-litemaas-postgres-0")


@pytest.mark.parametrize(
    ("reference", "placed"), [("admin", ("litemaas", "admin")), ("default/admin", ("default", "admin"))]
)
def test_a_reference_without_a_namespace_is_to_the_stacks_own(
    reference: str, placed: tuple[str, str]
) -> None:
    assert names.placed(reference, "litemaas") == placed
