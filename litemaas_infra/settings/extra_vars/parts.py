"""What the variables of each part of a deployment come to, under the names that Pulumi has settings by."""

import re
from typing import Any, Final

from litemaas_infra.settings.extra_vars.variables import Variables

Settings = dict[str, Any]
GOOGLE: Final = "https://accounts.google.com"
_IMAGES: Final = "quay.io/rh-aiservices-bu/litemaas-{part}"
_NEW_USERS: Final = ("max_budget", "budget_duration", "tpm_limit", "rpm_limit")


def given(values: Settings) -> Settings:
    """What is set of it."""
    return {name: value for name, value in values.items() if value not in (None, [], {})}


def ground(found: Variables) -> Settings:
    """The namespace, the domain, and the disk of the database."""
    sizes = {name: found.text(name) for name in ("ha_postgres_pvc_size", "postgres_storage_size")}
    size, other = sizes.values()
    if size and other and size != other:
        found.note("postgres_storage_size", "meant nothing beside ha_postgres_pvc_size, which is taken")
    return given(
        {
            "namespace": found.text("namespace") or found.text("models_namespace"),
            "appsDomain": found.text("cluster_domain"),
            "storageClass": found.text("postgres_storage_class"),
            "storageSize": size or other,
        }
    )


def gateway(found: Variables) -> Settings:
    """Its host, its replicas, and what they share."""
    prefix, former = found.text("api_route_prefix"), found.text("route_name")
    host = _host(found, "api_route_prefix", prefix) or _host(
        found, "route_name", f"litellm-{former}" if former else None
    )
    shared = found.truth("ha_enable_redis")
    parts = {
        "exposure": given({"host": host}),
        "scale": given({"replicas": found.number("ha_litellm_replicas")}),
        "redis": {} if shared is None else {"kind": "own" if shared else "none"},
    }
    if found.text("litellm_ui_username") not in (None, "admin"):
        found.note("litellm_ui_username", "is not taken over: the administrator's name is admin")
    return given(parts)


def rows(found: Variables) -> Settings:
    """How the backend's rows follow the gateway's models."""
    sync, delete = found.truth("models_sync_from_litellm"), found.truth("models_cleanup_orphaned")
    orphans = None if delete is None else ("delete" if delete else "keep")
    return given({"rows": given({"sync": sync, "orphans": orphans})})


def backend(found: Variables) -> Settings:
    """LiteMaaS's backend and frontend, where one of them was deployed."""
    wanted = [found.truth(name) for name in ("deploy_backend", "deploy_frontend", "oauth_enabled")]
    parts = given({"kind": "own", **_images(found), **_login(found), "variables": _of_users(found)})
    parts |= given({"host": _host(found, *_of_frontend(found)), "admins": found.texts("admin_emails")})
    return {"backend": parts} if True in wanted else {}


def _of_frontend(found: Variables) -> tuple[str, str | None]:
    found.text("admin_route_prefix")  # users see one host, that of the frontend
    return "frontend_route_prefix", found.text("frontend_route_prefix")


def _login(found: Variables) -> Settings:
    provider, client = found.text("oauth_provider"), found.text("oauth_client_id")
    if provider not in (None, "openshift", "google"):
        found.mistake("oauth_provider", "is a login that is not known here; write openshift or google")
    if provider == "google":
        return {"login": "oidc", "issuer": GOOGLE, "clientId": client}
    return {"clientId": client}


def _images(found: Variables) -> Settings:
    """Versions of LiteMaaS's own images, others as they are."""
    version, images = found.text("version"), Settings()
    for part, setting in (("backend", "image"), ("frontend", "frontendImage")):
        image, tag = found.text(f"{part}_image"), found.text(f"{part}_tag") or version
        if image in (None, _IMAGES.format(part=part)):
            version = tag if part == "backend" else version
        elif tag is None:
            found.mistake(f"{part}_image", f"has no tag; write {part}_tag beside it")
        else:
            images[setting] = f"{image}:{tag}"
    return {"version": version if re.fullmatch(r"\d+\.\d+\.\d+", version or "") else None, **images}


def _of_users(found: Variables) -> Settings:
    """What every new user of the backend may spend."""
    texts = {f"DEFAULT_USER_{name.upper()}": found.text(f"default_user_{name}") for name in _NEW_USERS}
    return given(dict(texts))


def _host(found: Variables, name: str, prefix: str | None) -> str | None:
    domain = found.text("cluster_domain")
    if prefix and not domain:
        found.mistake(
            name, "has no host without cluster_domain; write it beside it: oc get ingress.config cluster"
        )
    return f"{prefix}.{domain}" if prefix and domain else None
