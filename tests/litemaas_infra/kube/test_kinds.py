"""What the look before a deployment asks for, beside what the program declares: the same."""

from pathlib import Path
from typing import Any

import pytest

from litemaas_infra.kube.kinds import OWNED, needed
from litemaas_infra.settings.load import parse
from litemaas_infra.specs.backend import Backend
from litemaas_infra.specs.chat import Chat
from litemaas_infra.specs.exposure import Exposure
from litemaas_infra.specs.shape import Shape
from tests.litemaas_infra.support.program import Program, run

FORMER = {"host": "pg", "user": "litellm", "passwordSecret": "pg/password", "gatewayDatabase": "litellm"}
INGRESS = {"kind": "ingress", "host": "llm.example.com", "ingressClass": "traefik"}
_BY_OWN = Exposure.model_validate({"tls": "reencrypt", "servingSecret": "serving"})
OIDC = {
    "login": "oidc",
    "issuer": "https://login.example.com/realms/one",
    "clientId": "litemaas",
    "clientSecret": "of the client",
}


def _declared(program: Program) -> set[tuple[str, str]]:
    """API and lower-case kind of every Kubernetes object."""
    found = set()
    for resource in program.resources:
        if resource.type.startswith("kubernetes:"):
            _, api, kind = resource.type.split(":")
            found.add((api.removeprefix("core/"), kind.lower()))
    return found


@pytest.mark.parametrize(
    ("settings", "openshift"),
    [
        ({}, True),
        ({"scale": {"replicas": 2}}, True),
        ({"redis": {"kind": "own"}}, True),
        ({"monitoring": {"enabled": True, "dashboardLabel": "grafana_dashboard"}}, True),
        ({"redis": {"kind": "existing", "host": "redis.example.com"}}, True),
        ({"backend": {"kind": "own"}}, True),
        ({"takeover": FORMER}, True),
        ({"exposure": {"kind": "route", "tls": "reencrypt"}}, True),
        ({"exposure": {"kind": "internal"}, "scale": {"maxReplicas": 4}}, False),
        ({"exposure": INGRESS}, False),
        (
            {"exposure": INGRESS, "backend": {"kind": "own", "host": "chat.example.com", **OIDC}},
            False,
        ),
        (
            {"exposure": {"kind": "internal"}, "database": {"kind": "existing", "host": "db.example.com"}},
            False,
        ),
        ({"exposure": {"kind": "internal"}, "database": {"kind": "cnpg"}}, False),
        (
            {
                "exposure": {"kind": "internal"},
                "database": {"kind": "existing", "host": "db.example.com"},
                "chat": {"enabled": True, "tika": True},
            },
            False,
        ),
    ],
)
@pytest.mark.parametrize("configured", [False, True])
def test_what_is_declared_is_what_is_asked_for(
    settings: dict[str, Any], *, openshift: bool, configured: bool, tmp_path: Path
) -> None:
    file = tmp_path / "config.yaml"
    file.write_text("router_settings: {num_retries: 1}")
    whole = {**settings, "configFile": str(file) if configured else ""}
    program = run(openshift=openshift, **whole)
    asked = {
        (kind.api, _singular(kind.plural)): kind.verbs
        for kind in needed(parse(whole).of_cluster.shape)
        if "create" in kind.verbs and not kind.part
    }
    assert set(asked) == _declared(program)
    for (_, kind), verbs in asked.items():
        assert kind == "namespace" or verbs == OWNED


def test_a_route_with_a_host_of_its_own_needs_openshifts_leave() -> None:
    leave = "routes.route.openshift.io/custom-host"
    assert leave in _asked(Exposure(host="llm.example.com"), Backend())
    assert leave in _asked(Exposure(), Backend(kind="own"))
    assert leave in _asked(_BY_OWN, Backend())
    assert leave not in _asked(_BY_OWN.model_copy(update={"tls": "edge"}), Backend())
    assert leave not in _asked(Exposure(tls="reencrypt"), Backend(kind="other"))
    named = Chat(enabled=True, host="chat.example.com")
    assert leave in map(str, needed(Shape(chat=named)))
    assert leave not in map(str, needed(Shape(chat=Chat(enabled=True))))


def test_the_service_ca_s_authority_is_read_where_it_makes_the_certificate() -> None:
    read = "configmaps"
    assert read in _asked(Exposure(tls="reencrypt"), Backend())
    assert read not in _asked(_BY_OWN, Backend())
    assert read not in _asked(Exposure(), Backend())


def _asked(exposure: Exposure, backend: Backend) -> list[str]:
    return [str(kind) for kind in needed(Shape(exposure, backend))]


def _singular(plural: str) -> str:
    return "ingress" if plural == "ingresses" else plural.replace("policies", "policys").removesuffix("s")
