import pytest

from litemaas_infra import names
from tests.litemaas_infra.support.program import Program, run

DATA = {"Protection", "Namespace", "PersistentVolumeClaim", "StatefulSet", "Seal"}


def test_everything_is_in_the_namespace_of_the_settings() -> None:
    program = run(storageClass="gp3-csi", namespace="other")
    assert program.one("Namespace").inputs["metadata"]["name"] == "other"
    inside = [r for r in program.resources if r.type.startswith("kubernetes:") and r.kind != "Namespace"]
    assert {r.inputs["metadata"]["namespace"] for r in inside} == {"other"}


def test_everything_in_the_namespace_is_made_after_it(program: Program) -> None:
    inside = [r for r in program.resources if r.type.startswith(("kubernetes:", "pulumi-python:"))]
    outside = {"Namespace", "Protection"}
    for resource in (r for r in inside if r.kind not in outside):
        assert "litemaas-namespace" in program.needed(resource), resource.name


def test_kubernetes_objects_are_declared_with_our_provider_alone(program: Program) -> None:
    provider = program.one("kubernetes")
    objects = [r for r in program.resources if r.type.startswith("kubernetes:")]
    assert len(objects) >= 10
    assert {r.request.provider.split("::")[-2] for r in objects} == {provider.name}


def test_the_provider_takes_over_what_exists_and_mends_secrets_in_place(program: Program) -> None:
    inputs = program.one("kubernetes").inputs
    assert inputs["upsertExistingObjects"] == "true"
    assert inputs["enableServerSideApply"] == "true"
    assert inputs["enableSecretMutable"] == "true"
    assert "context" not in inputs


def test_the_context_of_the_settings_is_used() -> None:
    assert run(storageClass="gp3-csi", context="test").one("kubernetes").inputs["context"] == "test"


def test_protected_data_protects_what_holds_it_and_nothing_else(protected: Program) -> None:
    assert {r.kind for r in protected.resources if r.request.protect} == DATA


def test_the_seal_is_made_after_everything_so_that_a_refused_destroy_deletes_nothing(
    program: Program,
) -> None:
    seal = program.one("Seal")
    made = {r.name for r in program.resources if r.type.startswith(("kubernetes:", "pulumi-python:"))}
    assert "protectData" in seal.name
    assert made - program.needed(seal) - program.needed(program.one("kubernetes")) == {seal.name}


def test_data_is_not_protected_unless_it_is_wished(program: Program) -> None:
    assert [r.name for r in program.resources if r.request.protect] == []


def test_the_protection_names_the_setting_and_comes_before_everything(program: Program) -> None:
    # Pulumi refuses in the order of names; the name that it shows is the setting's.
    protection = program.one("Protection")
    assert protection.name == "litemaas-protectData"
    assert protection.inputs["namespace"] == "litemaas"
    assert protection.name in program.needed(program.one("kubernetes"))


def test_names_are_unique_and_say_whose_they_are(program: Program) -> None:
    every = [r.name for r in program.resources]
    assert len(every) == len(set(every))


def test_every_object_says_that_it_is_ours(program: Program) -> None:
    for resource in program.resources:
        if resource.type.startswith("kubernetes:"):
            assert resource.inputs["metadata"]["labels"]["app.kubernetes.io/part-of"] == names.PROJECT


def test_whatever_needs_a_workload_waits_for_its_rollout_which_pulumi_itself_does_not(
    program: Program,
) -> None:
    for workload in program.workloads:
        assert workload.inputs["metadata"]["annotations"]["pulumi.com/skipAwait"] == "true"
    waited = {(r.inputs["kind"], r.inputs["workload"]): r.name for r in program.all("Rollout")}
    postgres, gateway = waited["StatefulSet", "litemaas-postgres"], waited["Deployment", "litellm"]
    assert len(waited) == len(program.workloads)
    assert all(postgres in program.needed(database) for database in program.all("Database"))
    assert all(gateway in program.needed(model) for model in program.all("Model"))


@pytest.mark.parametrize(("openshift", "user"), [(True, {}), (False, {"runAsUser": 10001, "fsGroup": 10001})])
def test_pods_have_a_user_only_where_no_openshift_gives_them_one(
    *, openshift: bool, user: dict[str, int]
) -> None:
    program = run(("standard",), openshift=openshift, exposure={"kind": "internal"})
    for workload in program.workloads:
        pod = workload.inputs["spec"]["template"]["spec"]
        security = pod["securityContext"]
        assert {key: security[key] for key in ("runAsUser", "fsGroup") if key in security} == user
        assert security["runAsNonRoot"] is True


def test_every_pod_has_an_account_of_its_own_that_gets_no_token(program: Program) -> None:
    for workload in program.workloads:
        pod = workload.inputs["spec"]["template"]["spec"]
        app = workload.inputs["spec"]["template"]["metadata"]["labels"]["app"]
        assert pod["serviceAccountName"] == app
        account = program.one("ServiceAccount", app)
        assert account.inputs["automountServiceAccountToken"] is False
        assert account.name in program.needed(workload)


def test_every_pod_pulls_its_images_with_the_secrets_of_the_settings(program: Program) -> None:
    pulling = run(pullSecrets=["quay", "other"], secrets=("quay", "other"))
    for workload in pulling.workloads:
        pod = workload.inputs["spec"]["template"]["spec"]
        assert pod["imagePullSecrets"] == [{"name": "quay"}, {"name": "other"}]
    for workload in program.workloads:
        assert "imagePullSecrets" not in workload.inputs["spec"]["template"]["spec"]


def test_no_pod_declares_an_empty_list_which_the_cluster_would_forget(program: Program) -> None:
    # What the cluster keeps none of looks changed at every refresh.
    for workload in program.workloads:
        assert _empty_lists(workload.inputs["spec"]["template"], workload.name) == []


def _empty_lists(value: object, path: str) -> list[str]:
    children: list[tuple[object, object]] = []
    if isinstance(value, dict):
        children = list(value.items())
    elif isinstance(value, list):
        if not value:
            return [path]
        children = list(enumerate(value))
    return [found for key, child in children for found in _empty_lists(child, f"{path}.{key}")]
