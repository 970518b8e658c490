import json

import pytest

from litemaas_infra.settings.load import parse
from litemaas_infra.specs.advisories import refusal
from tests.litemaas_infra.support.models import GRANITE

DEFAULT = parse({"storageClass": "gp3-csi"})


def test_the_defaults_are_those_of_the_documentation() -> None:
    assert DEFAULT.model_dump() == {
        "namespace": "litemaas",
        "context": None,
        "storage_class": "gp3-csi",
        "storage_size": "10Gi",
        "accepted_risks": frozenset(),
        "litellm_version": "1.108.7",
        "litellm_image": None,
        "postgres_image": "public.ecr.aws/docker/library/postgres:16-bookworm",
        "gateway_url": None,
        "database_address": None,
        "verify_tls": True,
        "protect_data": False,
        "models": (),
    }


def test_the_default_version_has_no_known_hole() -> None:
    # Pydantic checks what is given, not what is the default.
    assert refusal(DEFAULT.litellm_version, frozenset()) is None


def test_the_gateways_image_follows_from_the_version_unless_it_is_given() -> None:
    assert DEFAULT.gateway_image == "ghcr.io/berriai/litellm-non_root:v1.108.7"
    other = parse({"storageClass": "x", "litellmImage": "quay.io/me/litellm@sha256:0"})
    assert other.gateway_image == "quay.io/me/litellm@sha256:0"


@pytest.mark.parametrize(
    "settings", [{"storageSize": "512Mi"}, {"storageSize": "2Ti"}, {"databaseAddress": "db.example.com:5432"}]
)
def test_other_valid_forms_are_accepted(settings: dict[str, str]) -> None:
    parse({"storageClass": "x", **settings})


def test_pulumis_texts_become_values() -> None:
    settings = parse(
        {
            "storageClass": "x",
            "verifyTls": "false",
            "protectData": "true",
            "acceptedRisks": '["CVE-1"]',
            "models": json.dumps([{**GRANITE, "rpm": "120", "context_length": 8192.0}]),
        }
    )
    assert (settings.verify_tls, settings.protect_data) == (False, True)
    assert settings.accepted_risks == {"CVE-1"}
    assert (settings.models[0].rpm, settings.models[0].context_length) == (120, 8192)


def test_settings_cannot_be_changed_after_they_were_checked() -> None:
    with pytest.raises(ValueError, match="frozen"):
        DEFAULT.namespace = "other"
