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
