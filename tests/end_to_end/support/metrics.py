"""Metrics as a Prometheus reads them, and those that rules and a dashboard ask for."""

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import yaml

Asked = tuple[str, frozenset[str]]
"""A metric's name, and the labels that are asked of it."""
_OF_PROMETHEUS = {"namespace", "pod", "job", "le"}
"""Labels that the gateway does not give."""


def exposed(text: str) -> Mapping[str, set[str]]:
    """The labels of every metric, by its name: those that are only announced have none."""
    found: dict[str, set[str]] = {}
    for line in text.splitlines():
        if match := re.match(r"# TYPE (\w+) ", line):
            found.setdefault(match[1], set())
        if match := re.match(r"(\w+)(?:\{(.*)\})? \S+$", line):
            found.setdefault(match[1], set()).update(re.findall(r'(\w+)="', match[2] or ""))
    return found


def asked(rules: Path, dashboard: Path) -> Iterator[Asked]:
    """What the expressions say of the gateway's own metrics."""
    groups = yaml.safe_load(rules.read_text())["groups"]
    panels = json.loads(dashboard.read_text())["panels"]
    expressions = [rule["expr"] for group in groups for rule in group["rules"]]
    expressions += [target["expr"] for panel in panels for target in panel["targets"]]
    for expression in expressions:
        grouped = {
            name for by in re.findall(r"by \(([^)]*)\)", expression) for name in re.findall(r"\w+", by)
        }
        for metric, selectors in re.findall(r"(litellm_\w+)\{([^}]*)\}", expression):
            chosen = set(re.findall(r"(\w+)=", selectors))
            yield metric, frozenset((grouped | chosen) - _OF_PROMETHEUS)
