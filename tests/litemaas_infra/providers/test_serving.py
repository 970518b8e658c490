"""The certificate of the gateway's own, as a resource of Pulumi's."""

from pathlib import Path
from typing import Any

import pytest

from litemaas_infra.errors import NotInCluster
from litemaas_infra.providers import serving
from litemaas_infra.providers.serving import ServingProvider
from litemaas_infra.providers.site import Site
from tests.litemaas_infra.support.certificates import serving_secret
from tests.litemaas_infra.support.kubernetes import FakeKubernetes, secret

PROPS: dict[str, Any] = {"site": Site("litemaas").props, "secret": "own"}
PATH = "secrets/own"

pytestmark = pytest.mark.usefixtures("config")


def _made() -> dict[str, Any]:
    return dict(ServingProvider().create(PROPS).outs or {})


def test_it_tells_the_certificate_and_its_authority_and_no_key(api: FakeKubernetes, tmp_path: Path) -> None:
    api.put(PATH, serving_secret(tmp_path))
    made = _made()
    assert made["authority"].startswith("-----BEGIN CERTIFICATE-----")
    assert len(made["revision"]) == 64
    assert "PRIVATE" not in repr(made)


def test_the_service_ca_tells_no_authority(api: FakeKubernetes) -> None:
    api.put(PATH, secret(**{"tls.crt": "certificate", "tls.key": "key"}))
    assert _made()["authority"] is None


def test_a_renewed_one_is_a_change(api: FakeKubernetes, tmp_path: Path) -> None:
    api.put(PATH, serving_secret(tmp_path))
    made = _made()
    assert ServingProvider().diff("own", made, PROPS).changes is False
    api.put(PATH, serving_secret(tmp_path))
    difference = ServingProvider().diff("own", made, PROPS)
    assert (difference.changes, difference.replaces) == (True, [])
    renewed = dict(ServingProvider().update("own", made, PROPS).outs or {})
    assert renewed["revision"] != made["revision"]
    assert (ServingProvider().read("own", made).outs or {})["revision"] == renewed["revision"]


def test_another_secret_is_a_change(api: FakeKubernetes, tmp_path: Path) -> None:
    values = serving_secret(tmp_path)
    api.put(PATH, values)
    api.put("secrets/other", values)
    assert ServingProvider().diff("own", _made(), {**PROPS, "secret": "other"}).changes is True


def test_one_that_is_never_made_ends_the_wait_with_where_to_look(
    api: FakeKubernetes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(serving, "PATIENCE", 0.0)
    monkeypatch.setattr(serving, "_PAUSE", 0.0)
    api.put(PATH, secret(**{"tls.crt": "certificate"}))
    with pytest.raises(NotInCluster) as caught:
        ServingProvider().create(PROPS)
    assert "no certificate is in Secret own of namespace litemaas" in str(caught.value)
    assert "`oc describe service litellm -n litemaas`" in str(caught.value)


def test_one_that_is_gone_is_waited_for_again() -> None:
    assert ServingProvider().read("own", PROPS).id == ""
