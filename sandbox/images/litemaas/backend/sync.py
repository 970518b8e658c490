"""The first thing the backend does: its rows become what the gateway serves, and all others are retired."""

import json
import ssl
from collections.abc import Mapping
from typing import Any
from urllib.request import Request, urlopen

import psycopg

_UPDATE = """
    UPDATE models SET name = %(name)s, provider = %(provider)s, category = 'Language Model', version = '1.0',
        supports_streaming = true, availability = 'available', api_base = %(api_base)s, rpm = %(rpm)s,
        litellm_model_id = %(litellm_model_id)s
    WHERE id = %(name)s
"""
_RETIRE = "UPDATE models SET availability = 'unavailable' WHERE NOT id = ANY(%s)"
_STORED = 'SELECT model_name FROM "LiteLLM_ProxyModelTable"'


def sync(environment: Mapping[str, str]) -> str:
    """What it came to, in one line. A gateway that does not answer changes nothing."""
    try:
        models = _served(environment)
    except OSError as error:
        return f"Background model sync failed: {error}"
    with psycopg.connect(environment["LITELLM_DATABASE_URL"]) as gateway:
        stored = [name for (name,) in gateway.execute(_STORED)]
    with psycopg.connect(environment["DATABASE_URL"]) as rows:
        updated = sum(rows.execute(_UPDATE, _row(model)).rowcount for model in models)
        retired = rows.execute(_RETIRE, [stored]).rowcount
    return f"Background model sync completed: {updated} updated, {retired} unavailable"


def _served(environment: Mapping[str, str]) -> list[dict[str, Any]]:
    trust = ssl.create_default_context(cafile=environment["NODE_EXTRA_CA_CERTS"])
    key = {"Authorization": f"Bearer {environment['LITELLM_API_KEY']}"}
    request = Request(f"{environment['LITELLM_API_URL']}/model/info", headers=key)  # noqa: S310 - checked
    with urlopen(request, timeout=30, context=trust) as answer:  # noqa: S310 - checked
        found: list[dict[str, Any]] = json.load(answer)["data"]
    return found


def _row(model: Mapping[str, Any]) -> dict[str, Any]:
    params, info = model["litellm_params"], model["model_info"]
    return {
        "name": model["model_name"],
        "provider": params.get("custom_llm_provider") or params["model"].partition("/")[0],
        "api_base": params.get("api_base"),
        "rpm": params.get("rpm"),
        "litellm_model_id": info["id"],
    }
