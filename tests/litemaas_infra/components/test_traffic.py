"""What the NetworkPolicies say; that they hold is shown by the live tests."""

from typing import Any

from tests.litemaas_infra.support.program import Program, run

OURS = {"matchLabels": {"app.kubernetes.io/part-of": "litemaas"}}
GATEWAY = {"matchLabels": {"app": "litellm"}}
MIGRATION = {"matchLabels": {"app": "litellm-migration"}}


def _policy(program: Program, part: str) -> dict[str, Any]:
    spec: dict[str, Any] = program.one("NetworkPolicy", f"litemaas-{part}").inputs["spec"]
    return spec


def test_nothing_goes_in_or_out_of_any_of_our_pods_unless_it_is_named(program: Program) -> None:
    assert _policy(program, "default-deny") == {"podSelector": OURS, "policyTypes": ["Ingress", "Egress"]}
    for workload in program.workloads:
        labels = workload.inputs["spec"]["template"]["metadata"]["labels"]
        assert OURS["matchLabels"].items() <= labels.items()


def test_every_pod_may_ask_for_names(program: Program) -> None:
    (rule,) = _policy(program, "dns")["egress"]
    asked = {(port["port"], port["protocol"]) for port in rule["ports"]}
    assert asked == {(53, "UDP"), (53, "TCP"), (5353, "UDP"), (5353, "TCP")}


def test_the_database_hears_the_gateway_alone_and_goes_nowhere(program: Program) -> None:
    spec = _policy(program, "postgres")
    assert spec["podSelector"] == {"matchLabels": {"app": "litemaas-postgres"}}
    assert spec["policyTypes"] == ["Ingress"]
    (rule,) = spec["ingress"]
    clients = [{"podSelector": GATEWAY}, {"podSelector": MIGRATION}]
    assert rule == {"from": clients, "ports": [{"port": 5432, "protocol": "TCP"}]}


def test_redis_hears_the_gateway_alone_and_goes_nowhere() -> None:
    spec = _policy(run(redis={"kind": "own"}), "redis")
    assert spec["podSelector"] == {"matchLabels": {"app": "litellm-redis"}}
    assert spec["policyTypes"] == ["Ingress"]
    (rule,) = spec["ingress"]
    assert rule == {"from": [{"podSelector": GATEWAY}], "ports": [{"port": 6379, "protocol": "TCP"}]}


def test_nobody_talks_to_a_migration(program: Program) -> None:
    spec = _policy(program, "migration")
    assert (spec["podSelector"], spec["policyTypes"]) == (MIGRATION, ["Egress"])
    assert spec["egress"] == _policy(program, "gateway")["egress"]


def test_the_gateway_hears_openshifts_router_and_our_own_pods(program: Program) -> None:
    (rule,) = _policy(program, "gateway")["ingress"]
    assert rule["ports"] == [{"port": 4000, "protocol": "TCP"}]
    own, *routers = rule["from"]
    assert own == {"podSelector": OURS}
    assert [router["namespaceSelector"]["matchLabels"] for router in routers] == [
        {"policy-group.network.openshift.io/ingress": ""},
        {"policy-group.network.openshift.io/host-network": ""},
    ]


def test_an_ingress_controller_may_be_anywhere_and_inside_there_is_none() -> None:
    settings = {"kind": "ingress", "host": "llm.example.com", "ingressClass": "traefik"}
    (rule,) = _policy(run(openshift=False, exposure=settings), "gateway")["ingress"]
    assert "from" not in rule
    (rule,) = _policy(run(openshift=False, exposure={"kind": "internal"}), "gateway")["ingress"]
    assert rule["from"] == [{"podSelector": OURS}]


def test_the_gateway_reaches_any_model_but_no_clouds_credentials(program: Program) -> None:
    (rule,) = _policy(program, "gateway")["egress"]
    four, six, pods = rule["to"]
    assert four["ipBlock"] == {"cidr": "0.0.0.0/0", "except": ["169.254.0.0/16"]}
    assert six["ipBlock"] == {"cidr": "::/0", "except": ["fe80::/10", "fd00:ec2::254/128"]}
    assert pods == {"namespaceSelector": {}}
    assert "ports" not in rule
