"""The cluster's program: its definitions of OpenShift's resources, and its own Go tests."""

import subprocess

import pytest

from sandbox.kubernetes import KUBE, SOURCE, _oauth_client, _sources

OBJECT_META = "io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta"
CLIENT = "com.github.openshift.api.oauth.v1.OAuthClient"
RESTRICTION = "com.github.openshift.api.oauth.v1.ScopeRestriction"

SCHEMAS = {
    CLIENT: {
        "type": "object",
        "properties": {
            "metadata": {"$ref": f"#/definitions/{OBJECT_META}"},
            "redirectURIs": {"type": "array", "x-kubernetes-patch-strategy": "merge"},
            "scopeRestrictions": {"type": "array", "items": {"$ref": f"#/definitions/{RESTRICTION}"}},
        },
    },
    RESTRICTION: {"type": "object", "properties": {"literals": {"type": "array"}}},
}


def test_oauth_client_is_defined_by_its_types_schema() -> None:
    definition = _oauth_client(SCHEMAS)
    assert definition["metadata"]["name"] == "oauthclients.oauth.openshift.io"
    assert definition["spec"]["scope"] == "Cluster"
    properties = definition["spec"]["versions"][0]["schema"]["openAPIV3Schema"]["properties"]
    assert properties == {
        "metadata": {"type": "object"},
        "redirectURIs": {"type": "array"},
        "scopeRestrictions": {"type": "array", "items": SCHEMAS[RESTRICTION]},
    }


def test_a_go_test_is_no_input_of_the_build() -> None:
    names = {path.name for path in _sources()}
    assert {"main.go", "go.mod", "go.sum", "haproxy.cfg.tmpl", "503.http"} <= names
    assert not [name for name in names if name.endswith("_test.go")]
    assert KUBE.name == "kube"


@pytest.mark.timeout(2400)  # the first time, all of Kubernetes is compiled for them
def test_the_programs_own_tests_pass() -> None:
    # -trimpath as the build has it: both then share what is compiled.
    command = ["go", "test", "-trimpath", "./..."]
    result = subprocess.run(command, cwd=SOURCE, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout + result.stderr
