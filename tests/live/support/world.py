"""The services as they really are, the models that tests make there, and what users hold of them."""

from typing import Any

from litemaas_infra import names
from litemaas_infra.providers.base import Props
from tests.live.support import backend
from tests.live.support.models import spec
from tests.live.support.operations import Operation
from tests.live.support.people import DatabaseAdmin, GatewayAdmin
from tests.live.support.pulumi import ManagedModel


class World:
    """A gateway and a database with the backend's tables."""

    def __init__(self, site: Props, gateway: GatewayAdmin, database: DatabaseAdmin) -> None:
        self.site = site
        self.gateway = gateway
        self.database = database
        self._claims: dict[str, list[object]] = {}
        self._declared: list[str] = []

    def declare(self, **fields: Any) -> ManagedModel:
        model = ManagedModel(self.site, spec(**fields), shared=True)
        self._declared.append(model.name)
        return model

    def made(self, **fields: Any) -> ManagedModel:
        """A model that is served, and that users hold claims on."""
        model = self.declare(**fields)
        model.create()
        backend.claim(self.database, model.name)
        self._claims[model.name] = backend.claims(self.database, model.name)
        return model

    def clean(self) -> None:
        """Remove everything."""
        self.database.do("DELETE FROM subscriptions")
        for name in self._declared:
            self.erase(name)

    def erase(self, model_name: str) -> None:
        """Remove whatever there is under a model's name, on both sides."""
        ids = {model["model_info"]["id"] for model in self.gateway.named(model_name)}
        for id_ in ids | {names.model_id(model_name)}:
            self.gateway.delete(id_)
        self.database.do("DELETE FROM models WHERE id = %s", model_name)

    def assert_converged(self, operation: Operation) -> None:
        """What was to be made is there once, what was to be deleted is not, and no user has lost anything."""
        for model in operation.served:
            self._assert_served(model)
        for model in operation.deleted:
            self._assert_deleted(model)
        for model in (*operation.served, *operation.deleted):
            assert backend.claims(self.database, model.name) == self._claims.get(model.name, [])

    def _assert_served(self, model: ManagedModel) -> None:
        assert [found["model_info"]["id"] for found in self.gateway.named(model.name)] == [model.id]
        assert len(self.database.ask("SELECT 1 FROM models WHERE id = %s", model.name)) == 1
        assert model.refresh() == []

    def _assert_deleted(self, model: ManagedModel) -> None:
        assert self.gateway.named(model.name) == []
        row = self.database.row(model.name)
        if model.name in self._claims:
            assert row is not None
            assert row["availability"] == "unavailable"
        else:
            assert row is None
