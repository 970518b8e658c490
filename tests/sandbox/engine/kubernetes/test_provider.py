"""The whole provider, spoken to as Pulumi's engine does, against an API server in a thread."""

import base64
import threading
import time
from collections.abc import Iterator
from typing import Any

import grpc
import pytest
import yaml

from sandbox.engine.kubernetes.wire import UNKNOWN, decode, is_secret, secret
from tests.sandbox.engine.kubernetes.api_server import ApiServer, serving
from tests.sandbox.engine.kubernetes.engine import Stack, not_ready, stack

Object = dict[str, Any]
MAPS, SECRETS = "/api/v1/namespaces/shop/configmaps/thing", "/api/v1/namespaces/shop/secrets/thing"
DEPLOYMENTS = "/apis/apps/v1/namespaces/shop/deployments/thing"


@pytest.fixture
def api() -> Iterator[ApiServer]:
    with serving() as server:
        yield server


@pytest.fixture
def pulumi(api: ApiServer) -> Iterator[Stack]:
    with stack() as made:
        made.configure(kubeconfig(api.url))
        yield made


def kubeconfig(server: str) -> str:
    return yaml.safe_dump(
        {
            "current-context": "c",
            "contexts": [{"name": "c", "context": {"cluster": "c", "user": "u", "namespace": "shop"}}],
            "clusters": [{"name": "c", "cluster": {"server": server}}],
            "users": [{"name": "u", "user": {"token": "hush"}}],
        }
    )


def thing(kind: str = "ConfigMap", version: str = "v1", **more: Any) -> Object:
    metadata = {"name": "thing", "namespace": "shop", **more.pop("metadata", {})}
    return {"apiVersion": version, "kind": kind, "metadata": metadata, **more}


def encoded(text: str) -> str:
    return base64.b64encode(text.encode()).decode()


def test_it_says_that_it_stands_in(pulumi: Stack) -> None:
    assert "stand-in for pulumi-resource-kubernetes" in pulumi.engine.lines[0]


def test_an_object_without_a_namespace_goes_to_the_contexts(pulumi: Stack) -> None:
    checked = pulumi.check({"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "a"}})
    assert checked["metadata"]["namespace"] == "shop"


def test_an_object_of_the_whole_cluster_gets_no_namespace(pulumi: Stack) -> None:
    checked = pulumi.check({"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "a"}})
    assert "namespace" not in checked["metadata"]


def test_an_object_without_a_name_gets_one_and_keeps_it(pulumi: Stack) -> None:
    nameless = {"apiVersion": "v1", "kind": "ConfigMap"}
    first = pulumi.check(nameless)
    assert first["metadata"]["name"].startswith("thing-")
    assert pulumi.check(nameless, first)["metadata"]["name"] == first["metadata"]["name"]


def test_plain_data_of_a_secret_is_secret_from_the_first(pulumi: Stack) -> None:
    checked = pulumi.check(thing("Secret", stringData={"password": "hush"}))
    assert checked["data"] == secret({"password": encoded("hush")})


@pytest.mark.parametrize("kind", ["ConfigMapPatch", "ConfigMapList"])
def test_what_the_stand_in_lacks_is_refused_by_name(pulumi: Stack, kind: str) -> None:
    with pytest.raises(grpc.RpcError, match=f"no {kind.removeprefix('ConfigMap')} resources"):
        pulumi.check(thing(kind))


def test_a_generated_name_is_refused(pulumi: Stack) -> None:
    nameless = {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"generateName": "a-"}}
    with pytest.raises(grpc.RpcError, match=r"metadata\.generateName"):
        pulumi.check(nameless)


def test_making_an_object_gives_its_identity_and_live_form(pulumi: Stack, api: ApiServer) -> None:
    identity, properties = pulumi.create(thing(data={"a": "1"}))
    assert identity == "shop/thing"
    assert properties["metadata"]["uid"] == "1"
    assert properties["__inputs"]["data"] == api.objects[MAPS]["data"] == {"a": "1"}


def test_a_preview_makes_nothing(pulumi: Stack, api: ApiServer) -> None:
    identity, properties = pulumi.create(thing(data={"a": "1"}), preview=True)
    assert (identity, properties["metadata"]["uid"]) == ("", "1")
    assert api.applied[0]["dryRun"] == "All"
    assert not api.objects


def test_a_preview_of_what_is_not_known_yet_asks_nobody(pulumi: Stack, api: ApiServer) -> None:
    inputs = thing(data={"a": UNKNOWN})
    assert pulumi.create(inputs, preview=True)[1] == inputs
    assert not api.applied


@pytest.mark.parametrize(
    ("code", "message"),
    [(404, 'namespaces "shop" not found'), (403, "may not patch"), (422, "spec.x: field is immutable")],
)
def test_a_preview_passes_over_what_the_update_itself_will_mend(
    pulumi: Stack, api: ApiServer, code: int, message: str
) -> None:
    api.refusals[MAPS] = (code, message)
    inputs = thing(data={"a": "1"})
    assert pulumi.create(inputs, preview=True)[1] == inputs


def test_a_preview_fails_on_what_is_wrong_for_good(pulumi: Stack, api: ApiServer) -> None:
    api.refusals[MAPS] = (422, "data.a: too long")
    with pytest.raises(grpc.RpcError, match="too long"):
        pulumi.create(thing(data={"a": "1"}), preview=True)


def test_what_admission_would_refuse_is_told_in_the_preview(pulumi: Stack, api: ApiServer) -> None:
    api.refusals[MAPS] = (403, "violates PodSecurity restricted")
    pulumi.create(thing(), preview=True)
    assert pulumi.engine.lines[-1] == "the cluster would refuse it now: violates PodSecurity restricted"


def test_the_servers_warnings_reach_the_user(pulumi: Stack, api: ApiServer) -> None:
    api.warning = "unknown field spec.x"
    pulumi.create(thing())
    assert "unknown field spec.x" in pulumi.engine.lines


def test_an_object_that_exists_is_not_taken_over_unasked(pulumi: Stack, api: ApiServer) -> None:
    api.objects[MAPS] = thing(data={"a": "theirs"})
    with pytest.raises(grpc.RpcError, match="already exists"):
        pulumi.create(thing(data={"a": "ours"}))
    assert api.objects[MAPS]["data"] == {"a": "theirs"}


def test_an_object_that_exists_is_taken_over_if_asked(pulumi: Stack, api: ApiServer) -> None:
    pulumi.configure(kubeconfig(api.url), upsertExistingObjects="true")
    api.objects[MAPS] = thing(data={"a": "theirs"})
    pulumi.create(thing(data={"a": "ours"}))
    assert api.objects[MAPS]["data"] == {"a": "ours"}


def test_an_object_is_applied_on_the_same_behalf_even_if_state_is_lost(pulumi: Stack, api: ApiServer) -> None:
    pulumi.configure(kubeconfig(api.url), upsertExistingObjects="true")
    pulumi.create(thing())
    pulumi.create(thing())
    assert api.applied[0]["fieldManager"] == api.applied[1]["fieldManager"]


def test_what_a_person_changed_is_mended(pulumi: Stack, api: ApiServer) -> None:
    _, olds = pulumi.create(thing(data={"a": "1"}))
    api.conflicts[MAPS] = "kubectl-edit"
    pulumi.update(olds, thing(data={"a": "2"}))
    assert [entry["force"] for entry in api.applied] == ["false", "false", "true"]


def test_what_another_program_owns_is_left_and_the_way_out_told(pulumi: Stack, api: ApiServer) -> None:
    _, olds = pulumi.create(thing())
    api.conflicts[MAPS] = "argocd-controller"
    with pytest.raises(grpc.RpcError, match=r"argocd-controller.*pulumi\.com/patchForce"):
        pulumi.update(olds, thing(data={"a": "2"}))


def test_what_another_program_owns_is_taken_over_if_annotated(pulumi: Stack, api: ApiServer) -> None:
    api.conflicts[MAPS] = "argocd-controller"
    pulumi.create(thing(metadata={"annotations": {"pulumi.com/patchForce": "true"}}))
    assert api.applied[-1]["force"] == "true"


def test_a_refresh_shows_what_changed_in_declared_fields_only(pulumi: Stack, api: ApiServer) -> None:
    inputs = thing(data={"a": "1"})
    identity, properties = pulumi.create(inputs)
    api.objects[MAPS]["data"] = {"a": "by hand", "extra": "x"}
    answer = pulumi.read(identity, properties, inputs, inputs)
    assert decode(answer.inputs)["data"] == {"a": "by hand"}


def test_a_refresh_finds_what_is_gone(pulumi: Stack, api: ApiServer) -> None:
    inputs = thing()
    identity, properties = pulumi.create(inputs)
    api.objects.clear()
    assert pulumi.read(identity, properties, inputs, inputs).id == ""


def test_an_import_takes_all_but_what_the_server_fills(pulumi: Stack, api: ApiServer) -> None:
    annotations = {"kubectl.kubernetes.io/last-applied-configuration": "{}", "mine": "yes"}
    api.objects[MAPS] = thing(data={"a": "1"}, metadata={"uid": "1", "annotations": annotations})
    answer = pulumi.read("shop/thing", {}, {}, thing())
    assert decode(answer.inputs) == thing(data={"a": "1"}, metadata={"annotations": {"mine": "yes"}})


def test_no_secret_is_ever_answered_in_the_open(pulumi: Stack, api: ApiServer) -> None:
    inputs = pulumi.check(thing("Secret", stringData={"password": secret("hush")}))
    identity, properties = pulumi.create(inputs)
    annotation = {"kubectl.kubernetes.io/last-applied-configuration": f'{{"data": "{encoded("hush")}"}}'}
    api.objects[SECRETS]["metadata"]["annotations"] = annotation
    answer = pulumi.read(identity, properties, inputs, thing("Secret"))
    for answered in (inputs, properties, properties["__inputs"], decode(answer.properties)):
        assert is_secret(answered["data"])
        assert encoded("hush") not in str({**answered, "data": "", "__inputs": ""})


def test_other_inputs_stay_secret_where_the_program_says_so(pulumi: Stack) -> None:
    _, properties = pulumi.create(thing(data={"a": secret("hush"), "b": "open"}))
    assert properties["data"] == properties["__inputs"]["data"] == {"a": secret("hush"), "b": "open"}


def test_an_object_that_does_not_get_ready_is_kept_with_the_reason(pulumi: Stack, api: ApiServer) -> None:
    api.statuses["Deployment"] = {
        "conditions": [{"type": "Progressing", "reason": "ProgressDeadlineExceeded", "message": "too late"}]
    }
    with pytest.raises(grpc.RpcError) as raised:
        pulumi.create(thing("Deployment", "apps/v1", spec={}))
    kept = not_ready(raised.value)
    assert (kept.id, list(kept.reasons)) == ("shop/thing", ["too late"])
    assert decode(kept.properties)["metadata"]["uid"] == "1"


def test_a_wait_says_what_it_waits_for_and_ends_in_time(pulumi: Stack) -> None:
    with pytest.raises(grpc.RpcError) as raised:
        pulumi.create(thing("Deployment", "apps/v1", spec={}), timeout=0.3)
    waiting = "0 of 1 replicas are updated and available"
    assert f"waiting: {waiting}" in pulumi.engine.statuses
    assert list(not_ready(raised.value).reasons) == [f"not ready after 0.3 s: {waiting}"]


def test_an_object_that_disappears_while_it_is_waited_for_is_kept_too(pulumi: Stack, api: ApiServer) -> None:
    threading.Timer(0.5, api.objects.clear).start()
    with pytest.raises(grpc.RpcError) as raised:
        pulumi.create(thing("Deployment", "apps/v1", spec={}))
    assert "it cannot be watched any longer" in not_ready(raised.value).reasons[0]


def test_a_cancelled_wait_ends_at_once(pulumi: Stack) -> None:
    threading.Timer(0.3, pulumi.provider.cancel).start()
    began = time.monotonic()
    with pytest.raises(grpc.RpcError) as raised:
        pulumi.create(thing("Deployment", "apps/v1", spec={}))
    assert time.monotonic() - began < 3
    assert "cancelled" in not_ready(raised.value).reasons[0]


def test_a_deletion_waits_until_the_object_is_gone(pulumi: Stack, api: ApiServer) -> None:
    identity, properties = pulumi.create(thing(metadata={"finalizers": ["my.org/hold"]}))
    threading.Timer(0.5, api.objects.clear).start()
    pulumi.delete(identity, properties)
    assert "waiting until it is gone: finalizers my.org/hold" in pulumi.engine.statuses


def test_a_deletion_that_takes_too_long_says_what_holds_it(pulumi: Stack) -> None:
    identity, properties = pulumi.create(thing(metadata={"finalizers": ["my.org/hold"]}))
    with pytest.raises(grpc.RpcError, match=r"shop/thing: still there after 0\.3 s: finalizers my\.org/hold"):
        pulumi.delete(identity, properties, timeout=0.3)


def test_deleting_what_is_gone_is_done(pulumi: Stack, api: ApiServer) -> None:
    identity, properties = pulumi.create(thing())
    api.objects.clear()
    pulumi.delete(identity, properties)


def test_a_cluster_out_of_reach_is_told_with_the_way_out(pulumi: Stack) -> None:
    pulumi.configure(kubeconfig("http://127.0.0.1:9"))
    with pytest.raises(grpc.RpcError, match=r"127\.0\.0\.1:9 does not answer.*PULUMI_K8S_DELETE_UNREACHABLE"):
        pulumi.delete("shop/thing", thing())


def test_objects_of_a_cluster_that_is_gone_are_forgotten_if_asked(pulumi: Stack) -> None:
    pulumi.configure(kubeconfig("http://127.0.0.1:9"), deleteUnreachable="true")
    pulumi.delete("shop/thing", thing())
    assert pulumi.read("shop/thing", thing(), thing(), thing()).id == ""


def test_client_side_apply_is_refused(pulumi: Stack, api: ApiServer) -> None:
    pulumi.configure(kubeconfig(api.url), enableServerSideApply="false")
    with pytest.raises(grpc.RpcError, match="server-side apply only"):
        pulumi.create(thing())


def test_a_kind_that_the_server_does_not_know_is_told(pulumi: Stack, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sandbox.engine.kubernetes.applying.DEFINITION_DELAY", 0)
    with pytest.raises(grpc.RpcError, match=r"knows no kind 'Widget' in 'my\.org/v1'"):
        pulumi.create(thing("Widget", "my.org/v1"))


def test_ignored_fields_keep_the_clusters_value(pulumi: Stack, api: ApiServer) -> None:
    _, olds = pulumi.create(thing("Deployment", "apps/v1", spec={"replicas": 0, "paused": False}))
    api.objects[DEPLOYMENTS]["spec"] = {"replicas": 0, "paused": True}
    news = thing("Deployment", "apps/v1", spec={"replicas": 0, "paused": False})
    pulumi.update(olds, news, ignored=["spec.paused"])
    assert api.objects[DEPLOYMENTS]["spec"]["paused"] is True
