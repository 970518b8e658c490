"""Pulumi's project and stack files agree with the settings that the program reads."""

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from litemaas_infra.names import PROJECT
from litemaas_infra.settings import Settings
from litemaas_infra.settings.load import parse

CHECKOUT = Path(__file__).parent.parent
DECLARED: dict[str, dict[str, Any]] = yaml.safe_load((CHECKOUT / "Pulumi.yaml").read_text())["config"]
FIELDS: dict[str, FieldInfo] = {str(field.alias): field for field in Settings.model_fields.values()}
STACKS: dict[str, dict[str, Any]] = {
    "aws": {"platform": "AWS", "storageClass": "gp3-csi"},
    "cnv": {"storageClass": "ocs-external-storagecluster-ceph-rbd"},
    "local": {"exposure": {"kind": "ingress", "host": "litellm.localhost", "tls": "none"}},
}

each_setting = pytest.mark.parametrize("name", FIELDS)


def _kind(name: str) -> str:
    """The setting's type as JSON Schema has it; that of its value, where it may be unset."""
    schema = Settings.model_json_schema()["properties"][name]
    options = [schema, *schema.get("anyOf", []), {"type": "object"}]
    return next(str(option["type"]) for option in options if option.get("type", "null") != "null")


def test_the_project_is_the_one_whose_settings_are_read() -> None:
    assert yaml.safe_load((CHECKOUT / "Pulumi.yaml").read_text())["name"] == PROJECT


def test_every_setting_is_declared_and_no_other() -> None:
    assert set(DECLARED) == set(FIELDS)


@each_setting
def test_a_setting_is_declared_with_its_type(name: str) -> None:
    assert DECLARED[name]["type"] == _kind(name)


@each_setting
def test_a_setting_is_described_in_the_words_of_its_field(name: str) -> None:
    described = FIELDS[name].description
    assert described
    assert f"{DECLARED[name]['description']}." == described


@each_setting
def test_a_setting_is_declared_with_its_default(name: str) -> None:
    field = FIELDS[name]
    if field.is_required():
        assert "default" not in DECLARED[name]
    else:
        assert DECLARED[name]["default"] == _written(field.get_default())


def test_what_pulumi_fills_in_is_what_the_program_takes_for_unset() -> None:
    filled = {name: _as_pulumi_gives(d["default"]) for name, d in DECLARED.items() if "default" in d}
    assert parse({**filled, "storageClass": "x"}) == parse({"storageClass": "x"})


@pytest.mark.parametrize(("stack", "settings"), STACKS.items())
def test_each_platform_has_a_stack_with_its_settings(stack: str, settings: dict[str, Any]) -> None:
    configured = yaml.safe_load((CHECKOUT / f"Pulumi.{stack}.yaml").read_text())["config"]
    own = {key.removeprefix(f"{PROJECT}:"): _as_pulumi_gives(value) for key, value in configured.items()}
    assert parse(own) == parse(settings)


@pytest.mark.parametrize("stack", STACKS)
def test_a_stack_that_is_committed_holds_no_secret_and_no_salt(stack: str) -> None:
    text = (CHECKOUT / f"Pulumi.{stack}.yaml").read_text()
    assert set(yaml.safe_load(text)) == {"config"}
    assert "secure:" not in text


def _written(default: Any) -> object:
    """A default as Pulumi.yaml has it."""
    if isinstance(default, BaseModel):
        return default.model_dump(exclude_defaults=True)
    if isinstance(default, (frozenset, tuple)):
        return sorted(default)
    return "" if default is None else default


def _as_pulumi_gives(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value)
