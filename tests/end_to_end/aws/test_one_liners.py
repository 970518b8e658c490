"""The `oc` one-liners of the documents that this project replaces, word for word."""

from pathlib import Path

import pytest

from tests.end_to_end.support.gateway import Gateway
from tests.end_to_end.support.sandbox import inside, secret

HOST = "litellm-litemaas.apps.sandbox.test"
ACCESS = """
# Get all LiteMaaS access information
echo "========================================="
echo "LiteMaaS Access Information"
echo "========================================="
echo "LiteLLM Admin Portal: https://$(oc get route litellm -n litemaas -o jsonpath='{.spec.host}')"
echo "User API Endpoint: https://$(oc get route litellm -n litemaas -o jsonpath='{.spec.host}')"
echo ""
echo "Admin Credentials:"
echo "  Username: $(oc get secret litellm-secret -n litemaas -o jsonpath='{.data.UI_USERNAME}' | base64 -d)"
echo "  Password: $(oc get secret litellm-secret -n litemaas -o jsonpath='{.data.UI_PASSWORD}' | base64 -d)"
echo "========================================="
"""
SAVED = """
cat > ~/litemaas-access.txt <<EOF
LiteLLM Admin: https://$(oc get route litellm -n litemaas -o jsonpath='{.spec.host}')
Username: $(oc get secret litellm-secret -n litemaas -o jsonpath='{.data.UI_USERNAME}' | base64 -d)
Password: $(oc get secret litellm-secret -n litemaas -o jsonpath='{.data.UI_PASSWORD}' | base64 -d)
EOF
cat ~/litemaas-access.txt
"""
ROWS = """
oc exec -n litemaas litemaas-postgres-0 -- \\
  psql -U litemaas -d litemaas -c "SELECT id, name, provider FROM models;"
"""
MASTER_KEY = """
# Get master key
MASTER_KEY=$(oc get secret litellm-secret -n litemaas -o jsonpath='{.data.LITELLM_MASTER_KEY}' | base64 -d)
LITELLM_URL=$(oc get route litellm -n litemaas -o jsonpath='{.spec.host}')
"""
MONITORING = """
# Check specific key
curl "https://${LITELLM_URL}/key/info?key=sk-user-key" \\
  -H "Authorization: Bearer ${MASTER_KEY}"

# View spending
curl "https://${LITELLM_URL}/global/spend" \\
  -H "Authorization: Bearer ${MASTER_KEY}"
"""

pytestmark = pytest.mark.usefixtures("deployed")


def printed(lines: str) -> str:
    return inside("sh", "-eu", stdin=lines).succeeded().out


def test_the_storage_classes_of_seed_001() -> None:
    assert "gp3-csi (default)" in printed("oc get storageclass")


def test_the_access_information_of_seed_001() -> None:
    lines = printed(ACCESS).splitlines()
    assert f"LiteLLM Admin Portal: https://{HOST}" in lines
    assert f"User API Endpoint: https://{HOST}" in lines
    assert "  Username: admin" in lines
    assert f"  Password: {secret('litellm-secret')['UI_PASSWORD']}" in lines


def test_the_quick_commands_of_seed_001() -> None:
    url = """echo "https://$(oc get route litellm -n litemaas -o jsonpath='{.spec.host}')" """
    password = "oc get secret litellm-secret -n litemaas -o jsonpath='{.data.UI_PASSWORD}' | base64 -d"
    assert printed(url) == f"https://{HOST}\n"
    assert printed(password) == secret("litellm-secret")["UI_PASSWORD"]


def test_the_saved_access_information_of_seed_001(tmp_path: Path) -> None:
    saved = printed(f"HOME={tmp_path}\n{SAVED}")
    assert f"LiteLLM Admin: https://{HOST}\nUsername: admin\n" in saved


def test_the_rows_of_seed_000() -> None:
    rows = printed(ROWS)
    assert " granite-3-2-8b-instruct | granite-3-2-8b-instruct | openshift-ai" in rows
    assert "(2 rows)" in rows


def test_the_monitoring_of_seed_004() -> None:
    key = Gateway.deployed().virtual_key().key
    told = printed(MASTER_KEY + MONITORING.replace("sk-user-key", key))
    assert f'"key":"{key}"' in told
    assert '"spend":' in told


def test_the_troubleshooting_of_seed_004() -> None:
    pods = printed("oc get pods -n litemaas -l app=litellm").splitlines()
    assert len(pods) == 2
    assert " 1/1 " in pods[1]
    assert " Running " in pods[1]
    assert HOST in printed("oc get route litellm -n litemaas")
