"""What a Secret must hold for the gateway's own TLS."""

from datetime import datetime, timedelta, tzinfo
from pathlib import Path

import pytest

from litemaas_infra.specs import serving
from tests.litemaas_infra.support.certificates import SelfSigned, self_signed

HOST = "litellm.litemaas.svc"


class _Later:
    @staticmethod
    def now(zone: tzinfo) -> datetime:
        return datetime.now(zone) + timedelta(days=1)


@pytest.fixture
def own(tmp_path: Path) -> SelfSigned:
    return self_signed(tmp_path, HOST)


def _values(own: SelfSigned, authority: str | None = None) -> dict[str, str]:
    return {"tls.crt": own.certificate, "tls.key": own.key, "ca.crt": authority or own.certificate}


def test_a_certificate_for_the_service_with_its_authority_will_do(own: SelfSigned, tmp_path: Path) -> None:
    assert serving.problem(_values(own), HOST) is None
    everyone = self_signed(tmp_path, "*.litemaas.svc")
    assert serving.problem(_values(everyone), HOST) is None


@pytest.mark.parametrize("key", ["tls.crt", "tls.key", "ca.crt"])
def test_what_it_lacks_is_named(own: SelfSigned, key: str) -> None:
    values = {**_values(own), key: ""}
    assert serving.problem(values, HOST) == f"lacks {key}"
    assert serving.whole(values) is (key == "ca.crt")


def test_what_is_no_certificate_is_told_without_being_shown(own: SelfSigned) -> None:
    told = serving.problem({**_values(own), "tls.crt": own.key}, HOST)
    assert told == "holds no certificate in PEM in tls.crt or ca.crt"


def test_another_host_s_will_not_do(own: SelfSigned) -> None:
    told = serving.problem(_values(own), "litellm.other.svc")
    assert told == "holds a certificate that is not for litellm.other.svc"


def test_another_authority_s_will_not_do(own: SelfSigned, tmp_path: Path) -> None:
    other = self_signed(tmp_path, HOST).certificate
    assert serving.problem(_values(own, other), HOST) == (
        "holds a certificate that does not come from its ca.crt"
    )
    assert serving.problem(_values(own, other + own.certificate), HOST) is None


def test_one_that_has_ended_will_not_do(own: SelfSigned, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serving, "datetime", _Later)
    assert "holds a certificate that ended on 2" in str(serving.problem(_values(own), HOST))


def test_a_renewed_one_is_another_revision(own: SelfSigned, tmp_path: Path) -> None:
    renewed = self_signed(tmp_path, HOST)
    assert serving.revision(_values(own)) != serving.revision(_values(renewed))
