"""Wrong input ends in one clear message before anything is made."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.end_to_end.support.commands import Done
from tests.end_to_end.support.pulumi import Stack
from tests.end_to_end.support.sandbox import NAMESPACE, inside, names

PATIENCE = 60.0
"""Seconds after which a user must know what is wrong."""

pytestmark = pytest.mark.usefixtures("empty")


@pytest.fixture(autouse=True)
def _nothing_is_made() -> Iterator[None]:
    yield
    assert f"namespace/{NAMESPACE}" not in names("namespaces")


def told(done: Done, *words: str) -> None:
    """Refused at once, in these words."""
    done.failed(within=PATIENCE).says(*words)


def test_a_setting_that_does_not_exist(stack: Stack) -> None:
    with stack.with_setting("storageclass", "gp3-csi"):
        told(
            stack.up(), "litemaas:storageclass: there is no such setting", "storageClass", "pulumi config rm"
        )


def test_a_model_without_an_endpoint(stack: Stack) -> None:
    stack.unset("models")
    stack.set("models[0].model_name", "granite")
    stack.set("models[0].litellm_model", "hosted_vllm/granite")
    done = stack.up()
    stack.unset("models")
    told(
        done,
        "litemaas:models[0].api_base: is not set, and hosted_vllm/... models need it",
        "pulumi config set --path 'litemaas:models[0].api_base'",
    )


def test_a_version_with_known_holes(stack: Stack) -> None:
    with stack.with_setting("litellmVersion", "1.74.7", otherwise="1.108.7"):
        told(stack.up(), "litemaas:litellmVersion: 1.74.7 has known holes: CVE-", "take a newer one")


def test_all_mistakes_are_named_at_once(stack: Stack) -> None:
    with (
        stack.with_setting("storageSize", "lots", otherwise="10Gi"),
        stack.with_setting("colour", "red"),
    ):
        told(stack.up(), "litemaas:storageSize: is not a size", "litemaas:colour: there is no such setting")


def test_a_models_file_s_mistakes_are_named_with_their_lines(stack: Stack, tmp_path: Path) -> None:
    file = tmp_path / "models.yml"
    file.write_text("model_list:\n  - model_name: granite\n    litellm_params:\n      rpm: many\n")
    with stack.with_setting("modelsFile", str(file)):
        told(
            stack.up(),
            f"{file}:3: model_list[0].litellm_params.model: is not set; add it",
            f"{file}:4: model_list[0].litellm_params.rpm: is not a whole number",
        )


def test_a_platform_that_the_cluster_is_not(stack: Stack) -> None:
    with (
        stack.with_setting("platform", "BareMetal", otherwise="AWS"),
        stack.with_setting("storageClass", "thin-csi", otherwise="gp3-csi"),
    ):
        told(
            stack.up(),
            "litemaas:platform is BareMetal, but the cluster says that it runs on AWS",
            "pulumi config set litemaas:platform AWS",
            "litemaas:storageClass is thin-csi, which the cluster at",
        )


def test_a_storage_class_that_the_cluster_lacks(empty: None) -> None:
    del empty
    other = Stack("cnv")
    other.pulumi("stack", "select", "--create").succeeded()
    told(
        other.up(),
        "storageClass is ocs-external-storagecluster-ceph-rbd, which the cluster at",
        "it has: gp3-csi",
        "pulumi config set litemaas:storageClass",
    )


def test_a_cluster_that_is_not_reached(stack: Stack) -> None:
    elsewhere = inside("sh", "-euc", DEAD_PORT, timeout=60)
    told(elsewhere, "the Kubernetes API cannot be reached", "KUBECONFIG")
    del stack


DEAD_PORT = """
    folder=$(mktemp -d)
    trap 'rm -r "$folder"' EXIT
    sed 's|server: .*|server: https://127.0.0.1:1|' "$KUBECONFIG" > "$folder/kubeconfig"
    KUBECONFIG=$folder/kubeconfig pulumi up --stack aws --yes --skip-preview
"""
