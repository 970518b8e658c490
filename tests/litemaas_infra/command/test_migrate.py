"""`litemaas migrate`: what a deployment of the Ansible collection is found to be, and what becomes of it."""

import json
from typing import Any

import pytest

from tests.litemaas_infra.command.conftest import World
from tests.litemaas_infra.support.kubernetes import FakeKubernetes, secret, served

IN = "namespaces/litemaas"
ROUTES = f"/apis/route.openshift.io/v1/{IN}/routes"
HOST = "litellm-rhpds.apps.example.com"


def _items(api: FakeKubernetes, path: str, *names: str) -> None:
    api.objects[path] = {"items": [{"metadata": {"name": name}} for name in names]}


def _route(service: str, host: str) -> dict[str, Any]:
    return {"metadata": {"name": service}, "spec": {"host": host, "to": {"name": service}}}


@pytest.fixture
def single(world: World) -> World:
    """What version 0.1.2 of it leaves."""
    api = world.api
    _items(api, f"/apis/apps/v1/{IN}/statefulsets", "postgres")
    _items(api, f"/apis/apps/v1/{IN}/deployments", "litellm")
    _items(api, f"/api/v1/{IN}/services", "litellm", "postgres")
    api.objects["/apis/route.openshift.io/v1"] = served("routes")
    api.objects[ROUTES] = {"items": [_route("litellm", HOST)]}
    url = "postgresql://litemaas:hidden@postgres:5432/{}?sslmode=disable"
    api.put(
        "secrets/postgres-secret", secret(POSTGRES_PASSWORD="hidden", DATABASE_URL=url.format("litemaas"))
    )
    api.put(
        "secrets/litellm-secret",
        secret(LITELLM_MASTER_KEY="sk-master", UI_PASSWORD="secret", DATABASE_URL=url.format("litellm_db")),
    )
    return world


@pytest.fixture
def available(world: World) -> World:
    """What the newest version of it leaves, whose gateway and backend share a database."""
    api = world.api
    _items(api, f"/apis/apps/v1/{IN}/statefulsets", "litellm-postgres")
    _items(api, f"/apis/apps/v1/{IN}/deployments", "litellm", "litellm-backend", "litellm-redis")
    api.objects["/apis/route.openshift.io/v1"] = served("routes")
    api.objects[ROUTES] = {"items": [_route("litellm", HOST), _route("litellm-frontend", "web.x.y")]}
    container = {"env": [{"name": "OAUTH_CLIENT_ID", "value": "rhpds"}, {"name": "JWT", "valueFrom": {}}]}
    deployment = {"spec": {"template": {"spec": {"containers": [container]}}}}
    api.objects[f"/apis/apps/v1/{IN}/deployments/litellm-backend"] = deployment
    api.objects["/apis/oauth.openshift.io/v1/oauthclients/rhpds"] = {"metadata": {"name": "rhpds"}}
    api.objects[f"/apis/batch/v1/{IN}/cronjobs/litemaas-key-cleanup"] = {}
    api.objects[f"/apis/networking.k8s.io/v1/{IN}/networkpolicies/allow-intra-namespace"] = {}
    url = "postgresql://litellm:hidden@litellm-postgres:5432/litemaas_db?sslmode=disable"
    api.put("secrets/litemaas-db", secret(username="litellm", password="hidden", DATABASE_URL=url))
    return world


def _told(world: World, *options: str) -> dict[str, Any]:
    done = world.run("migrate", "--json", *options)
    assert done.exit_code == 0, done.output
    assert "hidden" not in done.output
    told: dict[str, Any] = json.loads(done.stdout)
    return told


def test_a_single_deployment_s_databases_and_host_are_found(single: World) -> None:
    assert _told(single)["settings"] == {
        "exposure": {"host": HOST},
        "takeover": {
            "host": "postgres",
            "user": "litemaas",
            "passwordSecret": "postgres-secret/POSTGRES_PASSWORD",
            "gatewayDatabase": "litellm_db",
            "modelsDatabase": "litemaas",
        },
    }


def test_a_highly_available_one_s_shared_database_is_found_for_both(available: World) -> None:
    settings = _told(available)["settings"]
    assert settings["takeover"] == {
        "host": "litellm-postgres",
        "user": "litellm",
        "passwordSecret": "litemaas-db/password",
        "gatewayDatabase": "litemaas_db",
        "modelsDatabase": "litemaas_db",
    }
    assert settings["backend"] == {"kind": "own", "host": "web.x.y", "clientId": "rhpds"}


def test_the_backend_can_be_left_behind(available: World) -> None:
    assert "backend" not in _told(available, "--admin-only")["settings"]


def _lines(world: World) -> list[str]:
    return [step["line"] for step in _told(world)["steps"]]


def test_the_steps_stop_what_writes_before_anything_is_copied(available: World) -> None:
    going = (
        "deployment/litellm deployment/litellm-backend deployment/litellm-redis "
        "route/litellm route/litellm-frontend cronjobs/litemaas-key-cleanup oauthclient/rhpds"
    )
    lines = _lines(available)
    assert lines[:3] == [
        f"(umask 077; oc get -n litemaas -o yaml {going} secret/litellm-secret > former.yaml)",
        f"oc delete -n litemaas {going}",
        "pulumi up",
    ]


def test_what_is_left_is_removed_once_the_takeover_is_no_setting_any_more(available: World) -> None:
    available.api.put("configmaps/litemaas-postgres-init", {})
    left = "configmaps/litemaas-postgres-init secrets/litemaas-db networkpolicies/allow-intra-namespace"
    assert _lines(available)[-3:] == [
        "pulumi config rm --path litemaas:takeover",
        f"oc delete -n litemaas statefulset/litellm-postgres service/litellm-postgres {left}",
        "pulumi up",
    ]
    assert "postgres-storage-litellm-postgres-0, is yours" in _told(available)["steps"][-1]["purpose"]


def test_what_is_not_as_before_afterwards_is_told(single: World) -> None:
    assert _told(single)["notes"] == []
    held = single.api.objects[f"/api/v1/{IN}/secrets/litellm-secret"]
    assert isinstance(held, dict)
    held["data"] |= secret(UI_USERNAME="root")["data"]
    single.api.objects[f"/apis/apps/v1/{IN}/deployments/litemaas-mcp"] = {"metadata": {}}
    admin, mcp = _told(single)["notes"]
    assert admin.startswith("the administrator logs in as admin then, no longer as root")
    assert mcp.startswith("deployment/litemaas-mcp has no counterpart")


def test_nothing_is_set_unless_it_is_asked_for(single: World) -> None:
    done = single.run("migrate")
    assert "is to have (--write sets it)" in done.stdout
    assert single.pulumi.settings == []


def test_what_it_sets_ends_with_what_makes_it_count(single: World) -> None:
    assert _told(single, "--write")["written"] is True
    paths = [path for path, _, _ in single.pulumi.settings]
    assert paths[0] == "exposure.host"
    assert paths[-1] == "takeover.host"


def test_what_is_set_already_stays(single: World) -> None:
    taken = {"host": "postgres", "user": "a", "passwordSecret": "b/c", "gatewayDatabase": "d"}
    single.declare(takeover=taken)
    assert "takeover" not in _told(single)["settings"]


def test_without_one_it_is_said_what_was_looked_for(world: World) -> None:
    done = world.run("migrate")
    assert done.exit_code == 4
    assert "has no deployment of the Ansible collection: no StatefulSet postgres" in done.stderr


def test_one_under_the_name_of_the_stack_s_own_needs_another_namespace(world: World) -> None:
    _items(world.api, f"/apis/apps/v1/{IN}/statefulsets", "litemaas-postgres")
    done = world.run("migrate")
    assert done.exit_code == 4
    assert "litemaas-postgres.litemaas.svc" in done.stderr


def test_a_lost_secret_is_named(single: World) -> None:
    single.api.put("secrets/postgres-secret", secret(OTHER="hidden"))
    done = single.run("migrate")
    assert done.exit_code == 4
    assert "Secret postgres-secret in namespace litemaas lacks what opens the databases" in done.stderr
