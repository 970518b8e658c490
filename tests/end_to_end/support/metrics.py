"""Metrics as a Prometheus reads them, and those that rules and a dashboard ask for."""

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import yaml

from sandbox.cluster import model_endpoint
from sandbox.images.tools.python import VERSION
from tests.end_to_end.support.commands import Done
from tests.end_to_end.support.sandbox import NAMESPACE, found, inside, oc, secret

Asked = tuple[str, frozenset[str]]
"""A metric's name, and the labels that are asked of it."""
_OF_PROMETHEUS = {"namespace", "pod", "job", "le"}
"""Labels that the gateway does not give."""
_READING = """
import sys, urllib.request
request = urllib.request.Request(sys.argv[1], headers={"Authorization": sys.stdin.read()})
print(urllib.request.urlopen(request, timeout=5).read().decode())
"""
WATCHING = model_endpoint.NAMESPACE
"""Where a pod with a Python is already, which reads what a Prometheus would."""


def scraped(monitor: str) -> str:
    """What is read from another namespace by whoever knows nothing but what the ServiceMonitor says."""
    spec = found("servicemonitor", monitor)["spec"]
    (endpoint,) = spec["endpoints"]
    labels = ",".join(f"{name}={value}" for name, value in spec["selector"]["matchLabels"].items())
    listed = oc("get", "service", "-n", NAMESPACE, "-l", labels, "-o", "json")
    (service,) = json.loads(listed)["items"]
    (port,) = [port["port"] for port in service["spec"]["ports"] if port["name"] == endpoint["port"]]
    given = endpoint["authorization"]
    key = secret(given["credentials"]["name"])[given["credentials"]["key"]]
    url = f"http://{service['metadata']['name']}.{NAMESPACE}.svc:{port}{endpoint['path']}"
    return read(url, f"{given['type']} {key}").succeeded().out


def read(url: str, authorization: str = "") -> Done:
    """The URL, read by the pod in the other namespace."""
    python = ("--", f"python{VERSION}", "-c", _READING, url)
    pod = ("exec", "-i", "-n", WATCHING, f"deployment/{model_endpoint.NAME}")
    return inside("oc", *pod, *python, stdin=authorization)


def exposed(text: str) -> Mapping[str, set[str]]:
    """The labels of every metric that was counted, by its name."""
    found: dict[str, set[str]] = {}
    for line in text.splitlines():
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
