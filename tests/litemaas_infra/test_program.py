"""What running the whole program comes to, and what wrong settings do to it before anything is made."""

from typing import Any

import pulumi
import pytest

from litemaas_infra.names import model_id
from tests.litemaas_infra.support.models import GRANITE
from tests.litemaas_infra.support.program import HOST, run


def test_it_exports_how_to_reach_what_was_deployed_and_no_password() -> None:
    exports = run(storageClass="gp3-csi", namespace="other", models=[GRANITE]).exports
    assert exports == {
        "gateway_url": f"https://{HOST}",
        "admin_portal": f"https://{HOST}/ui",
        "api_endpoint": f"https://{HOST}/v1",
        "admin_user": "admin",
        "admin_password_command": (
            "oc get secret litellm-secret -n other -o jsonpath='{.data.UI_PASSWORD}' | base64 -d"
        ),
        "models": {"granite": model_id("granite")},
    }


def test_it_declares_a_gateway_without_models_too() -> None:
    assert run(storageClass="gp3-csi").exports["models"] == {}


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        ({"exposure": {"kind": "ingress"}}, "litemaas:exposure.host: is not set"),
        ({"exposure": {"kind": "ingress", "host": "a.b"}}, "has no default IngressClass"),
        ({"storageClass": "gp3-csi", "colour": "red"}, "litemaas:colour: there is no such setting"),
        ({"storageClass": "ocs"}, "it has: gp3-csi"),
        ({"storageClass": "gp3-csi", "context": "elsewhere"}, "elsewhere"),
        ({"storageClass": "gp3-csi", "models": [{**GRANITE, "api_base": ""}]}, "litemaas:models[0].api_base"),
    ],
)
def test_a_wrong_setting_ends_it_with_one_message_before_anything_is_declared(
    settings: dict[str, Any], told: str
) -> None:
    with pytest.raises(pulumi.RunError) as caught:
        run(**settings)
    assert told in str(caught.value)
    assert caught.value.__suppress_context__


def test_the_way_to_gateway_and_database_is_that_of_the_settings() -> None:
    program = run(
        storageClass="gp3-csi",
        gatewayUrl="https://litellm.example.com",
        databaseAddress="db.example.com:5432",
        verifyTls="false",
        backend={"kind": "other"},
        models=[GRANITE],
    )
    assert program.one("Model").inputs["site"] == {
        "namespace": "litemaas",
        "gateway_url": "https://litellm.example.com",
        "database_address": "db.example.com:5432",
        "verify_tls": False,
        "backend": True,
    }
