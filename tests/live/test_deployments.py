"""Several deployments under one model_name share its requests, and one row."""

from collections.abc import Callable

from tests.live.support.models import ENDPOINT
from tests.live.support.people import DatabaseAdmin, GatewayAdmin
from tests.live.support.pulumi import ManagedModel


def test_both_deployments_answer_and_neither_is_drift(
    declare: Callable[..., ManagedModel], gateway: GatewayAdmin, database: DatabaseAdmin, endpoint_key: str
) -> None:
    first = declare(api_key=endpoint_key)
    second = declare(
        model_name=first.name, deployment="second", api_key=endpoint_key, params={"temperature": 0.1}
    )
    for model in (first, second):
        model.create()
    assert {found["model_info"]["id"] for found in gateway.named(first.name)} == {first.id, second.id}
    assert len(database.ask("SELECT 1 FROM models WHERE id = %s", first.name)) == 1
    assert first.refresh() == second.refresh() == []
    answered = {gateway.complete(first.name).headers["x-litellm-model-id"] for _ in range(30)}
    assert answered == {first.id, second.id}


def test_a_further_deployment_goes_without_the_row(
    declare: Callable[..., ManagedModel], gateway: GatewayAdmin, database: DatabaseAdmin
) -> None:
    first = declare()
    second = declare(model_name=first.name, deployment="second", api_base=f"{ENDPOINT}/second")
    first.create()
    second.create()
    second.delete()
    assert [found["model_info"]["id"] for found in gateway.named(first.name)] == [first.id]
    assert database.row(first.name) is not None
    assert first.refresh() == []


def test_variants_of_one_endpoint_under_names_of_their_own(
    declare: Callable[..., ManagedModel], gateway: GatewayAdmin, endpoint_key: str
) -> None:
    variants = [declare(api_key=endpoint_key, params={"temperature": warm}) for warm in (0.0, 0.7, 1.0)]
    for model in variants:
        model.create()
    for model in variants:
        assert model.refresh() == []
        assert gateway.complete(model.name).status_code == 200
