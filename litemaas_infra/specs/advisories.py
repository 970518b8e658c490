"""Which LiteLLM versions are known to be unsafe, and why.

Source: the advisories LiteLLM has published, as of 2026-11; each was read, and the first was tried on
1.74.7 (a crafted Host header returned a key for every model without any login).
"""

from dataclasses import dataclass
from typing import Final

Version = tuple[int, int, int]


@dataclass(frozen=True)
class Advisory:
    """A hole: in versions from `since` on and below `fixed`."""

    id: str
    since: Version
    fixed: Version
    effect: str

    def concerns(self, version: Version) -> bool:
        """Whether the version has the hole."""
        return self.since <= version < self.fixed


ADVISORIES: Final = (
    Advisory("CVE-2026-49468", (0, 0, 0), (1, 84, 0), "admin routes answer without a key"),
    Advisory("CVE-2026-42271", (1, 74, 2), (1, 83, 7), "any virtual key can run commands"),
    Advisory("CVE-2026-42208", (1, 81, 16), (1, 83, 7), "SQL injection before login"),
    Advisory("CVE-2026-35030", (0, 0, 0), (1, 83, 0), "login can be bypassed"),
    Advisory("CVE-2026-35029", (0, 0, 0), (1, 83, 0), "configuration can be changed without being admin"),
    Advisory("CVE-2026-42203", (0, 0, 0), (1, 83, 7), "templates can run code"),
    Advisory("CVE-2026-40217", (0, 0, 0), (1, 83, 10), "guardrails can run code"),
)
MALICIOUS: Final = frozenset({"1.82.7", "1.82.8"})
"""Releases that carried malware; nothing accepts them."""


def parsed(version: str) -> Version:
    """1.108.7 as numbers, so that it sorts after 1.84.0."""
    major, minor, patch = (int(part) for part in version.split("."))
    return major, minor, patch


def risks(version: str) -> list[Advisory]:
    """The advisories that concern the version."""
    return [advisory for advisory in ADVISORIES if advisory.concerns(parsed(version))]


def refusal(version: str, accepted: frozenset[str]) -> str | None:
    """Why the version must not be deployed; None if it may, `accepted` naming risks taken knowingly."""
    if version in MALICIOUS:
        return f"{version} carried malware that steals credentials and is never deployed"
    open_risks = [risk for risk in risks(version) if risk.id not in accepted]
    if not open_risks:
        return None
    listed = ", ".join(f"{risk.id} ({risk.effect})" for risk in open_risks)
    return f"{version} has known holes: {listed}; take a newer one, or accept each by name in acceptedRisks"
