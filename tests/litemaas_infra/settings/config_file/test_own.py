"""What this stack says itself, a config.yaml may only repeat."""

import pytest

from tests.litemaas_infra.support.config_files import mistakes


@pytest.mark.parametrize(
    ("line", "instead"),
    [
        ("master_key: sk-1234", "os.environ/LITELLM_MASTER_KEY"),
        ("master_key: os.environ/LITELLM_PROXY_MASTER_KEY", "os.environ/LITELLM_MASTER_KEY"),
        ("master_key: null", "os.environ/LITELLM_MASTER_KEY"),
        ("database_url: postgresql://u:p@h/d", "os.environ/DATABASE_URL"),
        ("store_model_in_db: false", "true"),
    ],
)
def test_another_value_is_refused_with_ours(line: str, instead: str) -> None:
    name = line.partition(":")[0]
    assert mistakes(f"general_settings:\n  {line}\n") == [
        f"2: general_settings.{name}: is this stack's own; remove the line, or write {instead}"
    ]


@pytest.mark.parametrize(
    "line",
    [
        "master_key: os.environ/LITELLM_MASTER_KEY",
        "database_url: os.environ/DATABASE_URL",
        "store_model_in_db: true",
        "supported_db_objects: [mcp, models]",
    ],
)
def test_our_own_value_is_accepted(line: str) -> None:
    assert mistakes(f"general_settings:\n  {line}\n") == []


def test_models_cannot_be_left_out_of_what_the_database_holds() -> None:
    (told,) = mistakes("general_settings:\n  supported_db_objects: [mcp]\n")
    assert told.startswith("2: general_settings.supported_db_objects: leaves out models")


@pytest.mark.parametrize("name", ["LITELLM_SALT_KEY", "STORE_MODEL_IN_DB", "UI_PASSWORD"])
def test_a_variable_of_ours_is_refused(name: str) -> None:
    assert mistakes(f"environment_variables:\n  {name}: x\n") == [
        "2: environment_variables....: is set by this stack; remove the line"
    ]
