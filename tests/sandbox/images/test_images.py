from pathlib import Path

from litemaas_infra.specs.advisories import MALICIOUS
from litemaas_infra.specs.backend import Backend
from litemaas_infra.specs.chat import Chat
from litemaas_infra.specs.redis import Redis
from sandbox.images import (
    IMAGES,
    litellm,
    litemaas,
    model_endpoint,
    open_webui,
    pause,
    postgres,
    redis,
    stand_in,
)
from sandbox.images.litellm import packages, query_engine

IMAGES_FOLDER = Path(litellm.__file__).parent.parent


def test_the_images_go_by_the_names_that_the_stacks_use() -> None:
    names = {*pause.NAMES, *postgres.NAMES, *redis.NAMES, *model_endpoint.NAMES, *litemaas.NAMES.values()}
    names |= {*open_webui.NAMES.values()}
    names |= _strings(litellm.LITELLM.inputs)
    assert {
        "registry.k8s.io/pause:3.10",
        "public.ecr.aws/docker/library/postgres:16-bookworm",
        "docker.io/library/postgres:16",
        "ghcr.io/berriai/litellm-non_root:v1.108.7",
        "sandbox.test/model-endpoint:1",
        Backend().backend_image,
        Backend().image_of_frontend,
        Redis().image,
        Chat().image_of_version,
        Chat().tika_image,
    } <= names


def test_each_artifact_has_a_name_of_its_own() -> None:
    assert len({image.name for image in IMAGES}) == len(IMAGES)


def test_a_change_of_the_engine_leaves_the_costly_packages_as_they_are() -> None:
    layer = packages.packages_layer("1.108.7")
    assert query_engine.SOURCES not in layer.inputs
    assert query_engine.QUERY_ENGINE.key not in layer.inputs
    assert query_engine.QUERY_ENGINE.key in litellm.LITELLM.inputs


def test_every_package_is_pinned_with_its_hash() -> None:
    for lock in (
        *IMAGES_FOLDER.glob("litellm/requirements/*.txt"),
        postgres.HERE / "requirements.txt",
        stand_in.REQUIREMENTS,
    ):
        requirements = [entry for entry in lock.read_text().split("\n") if "==" in entry]
        assert requirements
        assert all(requirement.endswith("\\") for requirement in requirements), lock


def test_each_lock_file_is_of_the_version_that_it_is_named_after() -> None:
    for version in litellm.VERSIONS:
        lock = litellm.HERE / "requirements" / f"{version}.txt"
        assert f"\nlitellm=={version} \\\n" in lock.read_text()


def test_the_versions_are_those_that_deployments_run_and_none_with_malware() -> None:
    assert litellm.VERSIONS == ("1.74.7", "1.81.16", "1.108.7", "1.109.1")
    assert not MALICIOUS & {*litellm.VERSIONS}
    assert litellm.litellm_image("1.74.7").inputs[-1] == "ghcr.io/berriai/litellm-non_root:v1.74.7"


def test_no_lock_file_names_a_registry() -> None:
    for lock in (*IMAGES_FOLDER.rglob("package-lock.json"), *IMAGES_FOLDER.rglob("requirements/*.txt")):
        assert "://" not in lock.read_text(), lock


def _strings(inputs: tuple[Path | str, ...]) -> set[str]:
    return {entry for entry in inputs if isinstance(entry, str)}
