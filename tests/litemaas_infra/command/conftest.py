"""A deployment to ask: a cluster, a gateway, databases in memory, and a `pulumi` that tells its settings."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from litemaas_infra import names
from litemaas_infra.clients import models_table, spending, stored_models, wire
from litemaas_infra.clients.services import Services
from litemaas_infra.clients.spending import Spent
from litemaas_infra.command.program import litemaas
from litemaas_infra.specs.deployment import Deployment
from litemaas_infra.specs.model import ModelSpec
from litemaas_infra.specs.row import columns
from tests.litemaas_infra.support.kubernetes import FakeKubernetes, secret
from tests.litemaas_infra.support.litellm import MASTER_KEY, FakeLiteLLM
from tests.litemaas_infra.support.pulumi import FakePulumi
from tests.litemaas_infra.support.virtual_keys import FakeVirtualKeys
from tests.litemaas_infra.support.web import Answer, Request, serving

HOST = "litellm.apps.example.com"
PASSWORD = "of-the-admin"


@dataclass
class World:
    """All of it, and the command."""

    api: FakeKubernetes
    pulumi: FakePulumi
    gateway: FakeLiteLLM = field(default_factory=FakeLiteLLM)
    keys: FakeVirtualKeys = field(default_factory=FakeVirtualKeys)
    rows: dict[str, dict[str, Any]] = field(default_factory=dict)
    spent: list[Spent] = field(default_factory=list)
    url: str = ""

    def run(self, *arguments: str, stdin: str = "") -> Result:
        """The command with these arguments."""
        return CliRunner().invoke(
            litemaas, arguments, input=stdin, prog_name="litemaas", catch_exceptions=False
        )

    def declare(self, **settings: Any) -> None:
        """Have these settings in the stack."""
        self.pulumi.configure(gatewayUrl=self.url, **settings)

    def deploy(self, spec: ModelSpec) -> str:
        """Have the model, as `pulumi up` makes it; gives its id."""
        id_ = names.model_id(spec.model_name, spec.deployment)
        self.store(Deployment.of(spec, id_))
        self.rows[spec.model_name] = columns(spec, id_)
        return id_

    def store(self, one: Deployment) -> None:
        """Have this deployment."""
        body = {
            "model_name": one.model_name,
            "litellm_params": dict(one.params),
            "model_info": dict(one.info),
        }
        self.gateway.models[one.id] = {**body, "model_info": {**one.info, "id": one.id}}

    def stored(self) -> dict[str, Deployment]:
        """What LiteLLM's database has."""
        return {
            id_: Deployment(id_, body["model_name"], body["litellm_params"], body["model_info"])
            for id_, body in self.gateway.models.items()
            if body["model_info"].get("db_model") is not False
        }

    def answer(self, request: Request) -> Answer:
        """The gateway's answer."""
        people = request.path.startswith(("/key/", "/v2/team/"))
        return (self.keys if people else self.gateway)(request)


@pytest.fixture
def world(
    api: FakeKubernetes, config: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[World]:
    """A deployment without a model."""
    del config  # is in use
    made = World(api, FakePulumi.first(tmp_path / "pulumi", monkeypatch))
    _deployed(api)
    _in_memory(made, monkeypatch)
    monkeypatch.setattr(wire, "PATIENCE", 0.3)
    with serving(made.answer) as server:
        made.url = server.url
        made.declare()
        yield made


def _deployed(api: FakeKubernetes) -> None:
    api.objects["/apis/apps/v1/namespaces/litemaas/deployments/litellm"] = {}
    api.objects["/apis/route.openshift.io/v1/namespaces/litemaas/routes/litellm"] = {
        "metadata": {"labels": {names.PART_OF: names.PROJECT}},
        "spec": {"host": HOST, "tls": {"termination": "edge"}},
    }
    values = {"LITELLM_MASTER_KEY": MASTER_KEY, "LITELLM_SALT_KEY": "sk-salt", "UI_USERNAME": "admin"}
    api.put("secrets/litellm-secret", secret(**values, UI_PASSWORD=PASSWORD))
    api.put("pods", {"items": [pod("litellm-1", "litellm"), pod("litemaas-postgres-0", "litemaas-postgres")]})


def _in_memory(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both databases; how they are read is tested on a real PostgreSQL."""

    @contextmanager
    def connection(*_: object) -> Iterator[None]:
        yield

    monkeypatch.setattr(Services, "rows", connection)
    monkeypatch.setattr(Services, "models", connection)
    monkeypatch.setattr(stored_models, "every", lambda *_: world.stored())
    monkeypatch.setattr(models_table, "every", lambda _: world.rows)
    monkeypatch.setattr(spending, "since", lambda _, first: [one for one in world.spent if one.day >= first])


def pod(name: str, app: str, *, ready: bool = True, **status: Any) -> dict[str, Any]:
    """A pod of one container."""
    conditions = [{"type": "Ready", "status": str(ready)}]
    return {
        "metadata": {"name": name, "namespace": "litemaas", "labels": {"app": app}},
        "spec": {"containers": [{"name": app, "image": "an-image"}]},
        "status": {"phase": "Running", "conditions": conditions, **status},
    }
