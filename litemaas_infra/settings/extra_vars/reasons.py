"""Why nothing comes of a variable of the collection."""

import re
from typing import Final

_REASONS: Final = (
    (
        r"(ha_)?postgres_password|jwt_secret|admin_api_key|litellm_api_key|litellm_ui_password",
        "is not needed: what the namespace's Secrets hold is kept",
    ),
    (
        r"litellm_(image|tag)",
        "is the gateway's former version; litemaas:litellmVersion is the one that follows it",
    ),
    (
        r"postgres_version|ha_(postgres|redis)_image(_fallback)?|postgres_storage_access_mode",
        "is left to the stack, whose server has an image and a volume of its own",
    ),
    (
        r"ha_(postgres_(db|user)|litellm_postgres_db)",
        "is left to the stack, which names its databases and their owners itself",
    ),
    (r"\w+_(memory|cpu)_(request|limit)", "is left to the stack, whose pods have sizes of their own"),
    (
        r"ha_(postgres_replicas|postgres_max_connections|(backend|frontend)_replicas|enabled)",
        "is left to the stack, which has as many of them as they can be",
    ),
    (r"ha_enable_postgres|deploy_litellm", "is left to the stack, which has it always"),
    (r"\w+_route_name", "is left to the stack: its Routes have names of their own, and keep the hosts"),
    (r"(deploy_)?mcp\w*", "has no counterpart here: there is no MCP server in a stack"),
    (r"litellm_license_key", "has no counterpart here: the gateway has no licence"),
    (r"multi_user\w*|user_\w+", "has no counterpart here: make a stack for each namespace"),
    (r"benchmark_\w+", "is of the collection's benchmark, which is no part of a deployment"),
    (
        r"models_(namespace|api_timeout|retry_\w+|backend_enabled)",
        "is left to the stack, which knows it without being told",
    ),
    (
        r"models_verify_ssl",
        "is not taken over: certificates are checked, unless litemaas:verifyTls is false",
    ),
    (
        r"cloud_provider|collection_version|image_registry|remove",
        "has no meaning here",
    ),
)
"""By what a variable is called without its beginning, the first that fits."""
_UNKNOWN: Final = "is no variable of the collection's that is known here; nothing is made of it"


def reason(name: str) -> str:
    """Why nothing comes of the variable of that name, without what all names begin with."""
    return next((words for pattern, words in _REASONS if re.fullmatch(pattern, name)), _UNKNOWN)


def unread(name: str) -> bool:
    """Whether its value is of no interest, whatever it is: then it can't be wrong either."""
    return reason(name) != _UNKNOWN
