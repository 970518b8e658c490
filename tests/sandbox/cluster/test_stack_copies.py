"""The private copies of the stacks' settings."""

from pathlib import Path

import pytest
import yaml

from sandbox.cluster.stacks import merged, refreshed

SHIPPED = "# why\nconfig:\n  litemaas:size: 10Gi\n"


@pytest.fixture
def original(tmp_path: Path) -> Path:
    (tmp_path / "copies").mkdir()
    file = tmp_path / "Pulumi.aws.yaml"
    file.write_text(SHIPPED)
    return file


def copy_of(original: Path) -> Path:
    return refreshed(original, original.parent / "copies")


def test_a_missing_copy_is_made_word_for_word(original: Path) -> None:
    assert copy_of(original).read_text() == SHIPPED


def test_what_pulumi_wrote_stays_while_the_original_does(original: Path) -> None:
    written = "encryptionsalt: v1:abc\nconfig: {litemaas:size: 20Gi}\n"
    copy_of(original).write_text(written)
    assert copy_of(original).read_text() == written
    assert original.read_text() == SHIPPED


def test_a_changed_original_wins_but_the_salt_and_own_keys_stay(original: Path) -> None:
    copy_of(original).write_text("encryptionsalt: v1:abc\nconfig: {litemaas:size: 20Gi, litemaas:own: x}\n")
    original.write_text("config: {litemaas:size: 30Gi}\n")
    assert yaml.safe_load(copy_of(original).read_text()) == {
        "encryptionsalt": "v1:abc",
        "config": {"litemaas:size": "30Gi", "litemaas:own": "x"},
    }


def test_an_empty_config_is_no_obstacle() -> None:
    assert merged({"config": None}, {}) == {"config": {}}
