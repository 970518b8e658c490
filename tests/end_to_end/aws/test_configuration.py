"""LiteLLM's own configuration: models that fall back to others, keys, and what of them is refused."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.end_to_end.support.commands import CHECKOUT
from tests.end_to_end.support.documented import follow
from tests.end_to_end.support.gateway import Gateway, pods
from tests.end_to_end.support.people import People
from tests.end_to_end.support.pulumi import Stack
from tests.end_to_end.support.sandbox import found, names, psql, secret

FILE = CHECKOUT / "config.yaml"
MODEL = "granite-3-2-8b-instruct"
PATIENCE = 60.0
"""Seconds after which a user must know what is wrong."""

pytestmark = pytest.mark.usefixtures("no_row_is_lost")


@pytest.fixture(scope="module", autouse=True)
def _removed() -> Iterator[None]:
    yield
    FILE.unlink(missing_ok=True)


@pytest.fixture(scope="module")
def before() -> dict[str, Any]:
    return registered()


def registered() -> dict[str, Any]:
    """What must stay: the registered models' ids, and their rows."""
    models = Gateway.deployed().models().items()
    ids = {name: m["model_info"]["id"] for name, m in models if m["model_info"]["db_model"]}
    return {"ids": ids, "rows": psql("SELECT id, created_at FROM models ORDER BY id")}


def test_the_readme_s_lines_fall_back_as_it_says(before: dict[str, Any]) -> None:
    follow("## Models in configuration")
    assert registered() == before


def test_its_models_are_served_beside_the_registered_ones_and_nothing_drifts(
    stack: Stack, people: People
) -> None:
    models = Gateway.deployed().models()
    assert {name for name, model in models.items() if not model["model_info"]["db_model"]} == {
        "granite-spot",
        "granite-steady",
    }
    assert people.holder.completes(MODEL).startswith(f"This is {MODEL}.")
    stack.unchanged()


def test_its_keys_are_in_a_secret_alone(stack: Stack) -> None:
    key = secret("model-endpoint", "models")["api-key"]
    assert secret("litellm-api-keys") == {"GRANITE_KEY": key}
    assert key not in stack.export() + str(found("configmap")) + str(found("deployment", "litellm"))


def test_another_file_and_another_key_roll_the_gateway_and_lose_nothing(
    stack: Stack, before: dict[str, Any]
) -> None:
    FILE.write_text(FILE.read_text().replace("granite-steady", "granite-calm"))
    stack.set_from_input("apiKeys.SPARE_KEY", "sk-spare", "--secret")
    stack.set("models[0].rpm", "500")
    old = pods()
    stack.up().succeeded()
    assert not pods() & old
    models = Gateway.deployed().models()
    assert "granite-calm" in models
    assert "granite-steady" not in models
    assert Gateway.deployed().completes("granite-spot").startswith("This is granite")
    assert registered() == before


def test_what_contradicts_the_stack_is_refused_before_anything_is_touched(
    stack: Stack, tmp_path: Path
) -> None:
    file = tmp_path / "config.yaml"
    file.write_text(
        f"model_list:\n  - model_name: {MODEL}\n    litellm_params:\n      model: openai/x\n"
        "      api_key: sk-written-out\n      api_base: os.environ/NOWHERE\n"
        "general_settings:\n  master_key: sk-1234\n"
    )
    old = pods()
    with stack.with_setting("configFile", str(file), otherwise="config.yaml"):
        done = stack.up().failed(PATIENCE)
    done.says(
        f"{file}:5: model_list[0].litellm_params.api_key: is a secret",
        f"pulumi config set --path --secret 'litemaas:apiKeys.{MODEL.upper().replace('-', '_')}_API_KEY'",
        f"{file}:8: general_settings.master_key: is this stack's own",
    )
    assert "sk-written-out" not in done.text
    assert pods() == old


def test_a_model_that_is_registered_too_is_refused(stack: Stack, tmp_path: Path) -> None:
    file = tmp_path / "config.yaml"
    file.write_text(f"model_list: [{{model_name: {MODEL}, litellm_params: {{model: openai/x}}}}]\n")
    with stack.with_setting("configFile", str(file), otherwise="config.yaml"):
        done = stack.up().failed(PATIENCE)
    done.says(f"{file}:1: is the model of litemaas:models[0] too")


def test_unset_it_leaves_nothing_behind(stack: Stack, before: dict[str, Any]) -> None:
    stack.unset("configFile")
    stack.unset("apiKeys")
    stack.unset("models[0].rpm")
    stack.up().succeeded()
    assert set(Gateway.deployed().models()) == set(before["ids"])
    assert "configmap/litellm-config" not in names("configmap")
    assert "litellm-api-keys" not in {item["metadata"]["name"] for item in found("secret")["items"]}
    assert registered() == before
    stack.unchanged()
