import pytest

from litemaas_infra.specs.advisories import ADVISORIES, Advisory, parsed, refusal, risks
from litemaas_infra.specs.advisories import Version as Parsed


def _text(version: Parsed) -> str:
    return ".".join(map(str, version))


def _before(version: Parsed) -> str:
    major, minor, patch = version
    return _text((major, minor, patch - 1) if patch else (major, minor - 1, 999))


EVERY = frozenset(advisory.id for advisory in ADVISORIES)
by_id = pytest.mark.parametrize("advisory", ADVISORIES, ids=lambda advisory: advisory.id)


@by_id
def test_an_advisory_concerns_versions_up_to_its_fix(advisory: Advisory) -> None:
    assert advisory in risks(_before(advisory.fixed))
    assert advisory not in risks(_text(advisory.fixed))


@pytest.mark.parametrize("advisory", [a for a in ADVISORIES if a.since > (0, 0, 0)], ids=lambda a: a.id)
def test_an_advisory_concerns_versions_from_its_start(advisory: Advisory) -> None:
    assert advisory in risks(_text(advisory.since))
    assert advisory not in risks(_before(advisory.since))


@by_id
def test_a_holed_version_is_refused_by_the_advisorys_name(advisory: Advisory) -> None:
    refused = refusal(_before(advisory.fixed), EVERY - {advisory.id})
    assert refused is not None
    assert advisory.id in refused
    assert "acceptedRisks" in refused


@pytest.mark.parametrize("version", ["1.74.7", "1.81.0"])
def test_the_versions_that_todays_deployments_pin_are_refused(version: str) -> None:
    assert "CVE-2026-49468" in (refusal(version, frozenset()) or "")


def test_a_version_is_accepted_once_every_risk_is_named() -> None:
    assert refusal("1.74.7", EVERY) is None


@pytest.mark.parametrize("version", ["1.82.7", "1.82.8"])
def test_a_release_with_malware_is_never_accepted(version: str) -> None:
    assert "malware" in (refusal(version, EVERY | {version}) or "")


@pytest.mark.parametrize("version", ["1.84.0", "1.108.7", "2.0.0"])
def test_a_version_without_known_holes_needs_no_word(version: str) -> None:
    assert refusal(version, frozenset()) is None


def test_versions_sort_as_numbers() -> None:
    assert parsed("1.108.7") > parsed("1.84.0")


def test_advisories_are_written_as_they_are_published() -> None:
    published = {a.id: (_text(a.since), _text(a.fixed)) for a in ADVISORIES}
    assert published == {
        "CVE-2026-49468": ("0.0.0", "1.84.0"),
        "CVE-2026-42271": ("1.74.2", "1.83.7"),
        "CVE-2026-42208": ("1.81.16", "1.83.7"),
        "CVE-2026-35030": ("0.0.0", "1.83.0"),
        "CVE-2026-35029": ("0.0.0", "1.83.0"),
        "CVE-2026-42203": ("0.0.0", "1.83.7"),
        "CVE-2026-40217": ("0.0.0", "1.83.10"),
    }
