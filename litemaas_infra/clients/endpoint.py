"""A model's own endpoint, asked what it serves before the gateway is told of it."""

import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final
from urllib.parse import urlsplit

import httpx

from litemaas_infra.clients.cluster import Cluster
from litemaas_infra.clients.portforward import forwarded
from litemaas_infra.errors import EndpointRefused, EndpointUnseen
from litemaas_infra.specs.model import ModelSpec
from litemaas_infra.specs.needs import called, provider_of
from litemaas_infra.specs.values import ENVIRONMENT

_LISTING: Final = frozenset({"openai", "hosted_vllm", "text-completion-openai", "openai_like"})
"""LiteLLM's names for endpoints that list their models as OpenAI does, at /models."""
_TIMEOUT: Final = 10.0


def check(spec: ModelSpec, cluster: Cluster, trust: ssl.SSLContext | bool) -> None:
    """Ask the endpoint whether it serves the model; one that can't list its models is not asked.

    Raises EndpointRefused when it doesn't serve it or doesn't accept the key, EndpointUnseen when it can't be
    asked from here, which need not keep the gateway from reaching it.
    """
    model, name = called(spec.litellm_model), f"{spec.api_base} of {spec.model_name!r}"
    if not _can_be_asked(spec):
        return
    try:
        served = models(str(spec.api_base), _told(spec), cluster, trust, name)
    except EndpointRefused as error:
        raise EndpointRefused(f"{error}; correct api_key, or set the model's `discover` to false") from error
    if model not in served:
        raise EndpointRefused(
            f"the endpoint {spec.api_base} does not serve {model!r}, the litellm_model of "
            f"{spec.model_name!r}; it serves: {', '.join(sorted(served)) or 'nothing'}. "
            "Correct litellm_model or api_base, or set the model's `discover` to false"
        )


def models(
    address: str, key: str, cluster: Cluster, trust: ssl.SSLContext | bool, name: str | None = None
) -> list[str]:
    """The models that the endpoint of this address lists, asked with the key if it is not empty.

    `name` is what messages call it. Raises EndpointRefused when it doesn't accept the key, EndpointUnseen
    when it can't be asked from here.
    """
    with _reached(cluster, address) as url:
        response = _asked(f"{url}/models", urlsplit(address).netloc, key, trust, name or address)
    return _listed(response, name or address)


def _can_be_asked(spec: ModelSpec) -> bool:
    told = spec.api_base is not None and not spec.api_base.startswith(ENVIRONMENT)
    return told and provider_of(spec.litellm_model) in _LISTING


def _told(spec: ModelSpec) -> str:
    """The key that the endpoint is told; none where only the gateway's pod knows it."""
    key = spec.api_key.get_secret_value() if spec.api_key else ""
    return "" if key.startswith(ENVIRONMENT) else key


def _asked(url: str, host: str, key: str, trust: ssl.SSLContext | bool, name: str) -> httpx.Response:
    told = bool(key) and key.isascii() and key.isprintable()
    headers = {"Host": host, **({"Authorization": f"Bearer {key}"} if told else {})}
    try:
        response = httpx.get(url, headers=headers, verify=trust, timeout=_TIMEOUT)
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise _unseen(name, str(error) or type(error).__name__) from error
    if response.status_code in (httpx.codes.UNAUTHORIZED, httpx.codes.FORBIDDEN) and told:
        raise EndpointRefused(f"the endpoint {name} does not accept the key")
    return response


def _listed(response: httpx.Response, name: str) -> list[str]:
    try:
        data: Any = response.raise_for_status().json()["data"]
        return [str(model["id"]) for model in data]
    except (httpx.HTTPStatusError, ValueError, TypeError, KeyError):
        raise _unseen(name, f"status {response.status_code}, no list of models") from None


@contextmanager
def _reached(cluster: Cluster, url: str) -> Iterator[str]:
    """The URL, or for a Service of the cluster a port of this machine that leads to a pod of it."""
    parts = urlsplit(url)
    name, *rest = str(parts.hostname).split(".")
    if parts.scheme != "http" or rest[1:2] != ["svc"]:
        yield url
        return
    pod, port = _behind(cluster, rest[0], name, parts.port or 80)
    with forwarded(cluster, rest[0], pod, port) as local_port:
        yield f"http://127.0.0.1:{local_port}{parts.path}"


def _behind(cluster: Cluster, namespace: str, service: str, port: int) -> tuple[str, int]:
    """A ready pod behind the Service's port, and the pod's port. Raises EndpointUnseen if there is none."""
    selector = f"kubernetes.io/service-name={service}"
    slices = cluster.get("discovery.k8s.io/v1", "endpointslices", namespace, selector)
    wanted = cluster.get("v1", f"services/{service}", namespace)
    ports = ((wanted or {}).get("spec") or {}).get("ports") or []
    called = next((p.get("name") for p in ports if p["port"] == port), None)
    for found in (slices or {}).get("items", []):
        number = next((p["port"] for p in found.get("ports") or [] if p.get("name") in (called, "")), None)
        ready = [e for e in found.get("endpoints") or [] if (e.get("conditions") or {}).get("ready")]
        pods = [e["targetRef"]["name"] for e in ready if (e.get("targetRef") or {}).get("kind") == "Pod"]
        if number and pods:
            return pods[0], number
    raise EndpointUnseen(f"Service {service} of namespace {namespace} has no ready pod at port {port}")


def _unseen(name: str, why: str) -> EndpointUnseen:
    return EndpointUnseen(f"the endpoint {name} could not be asked: {why}")
