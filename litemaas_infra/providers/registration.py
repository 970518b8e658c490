"""Making a declared model what it should be, on both sides; safe to repeat after any interruption."""

from pydantic import SecretStr

from litemaas_infra import names
from litemaas_infra.clients import endpoint, models_table, references, registration, stored_models
from litemaas_infra.clients.litellm import Gateway
from litemaas_infra.errors import EndpointUnseen, ModelUnproven
from litemaas_infra.providers.base import say
from litemaas_infra.providers.session import Session
from litemaas_infra.specs.deployment import Deployment
from litemaas_infra.specs.model import ModelSpec
from litemaas_infra.specs.row import columns, owns_row


def register(there: Session, declared: ModelSpec, known: str | None = None, *, anew: bool = False) -> str:
    """The deployment, then the row that names it; gives the deployment's id.

    `known` is the id it has already. `anew` makes the deployment anew under its id, for what LiteLLM can't
    take back. Raises our errors, after undoing what can't be finished.
    """
    spec = references.effective(there.cluster(), there.site.namespace, declared)
    stored = _stored(there, spec, known)
    configured = frozenset() if known in stored else there.configured()
    id_ = registration.identity(spec, stored.values(), configured, known)
    wanted, current = Deployment.of(spec, id_), stored.get(id_)
    if spec.discover and (current is None or current.calls_otherwise(wanted)):
        _discover(there, spec)
    _deploy(there.gateway(), wanted, current, anew=anew)
    if spec.prove:
        _prove(there.gateway(), wanted, made=current is None)
    _keep_row(there, spec, id_)
    return id_


def forget(there: Session, declared: ModelSpec, id_: str) -> None:
    """Take the model from the gateway, then its row, which stays while users hold claims on it."""
    there.gateway().forget(id_)
    if not owns_row(declared):
        return
    with there.rows() as rows:
        claims = models_table.remove(rows, declared.model_name, force=declared.force_delete)
    if claims:
        name = declared.model_name
        say(
            f"{name}: {claims} subscriptions and keys of users were deleted with it, as force_delete says"
            if declared.force_delete
            else f"{name}: {claims} subscriptions and keys of users name it; its row is kept as 'unavailable'"
        )


def _stored(there: Session, spec: ModelSpec, known: str | None) -> dict[str, Deployment]:
    own = known or names.model_id(spec.model_name, spec.deployment)
    asked = spec.adopt if isinstance(spec.adopt, str) else own
    with there.models() as models:
        found = stored_models.of_name(models, there.salt_key(), spec.model_name, [own, asked])
    return {deployment.id: deployment for deployment in found}


def _deploy(gateway: Gateway, wanted: Deployment, current: Deployment | None, *, anew: bool) -> None:
    if current is None:
        gateway.create(wanted)
    elif anew:
        gateway.replace(wanted)
    else:
        gateway.change(current, wanted)


def _discover(there: Session, spec: ModelSpec) -> None:
    try:
        endpoint.check(_opened(there, spec), there.cluster(), there.trust())
    except EndpointUnseen as unseen:
        say(f"{unseen}; it is registered all the same")


def _opened(there: Session, spec: ModelSpec) -> ModelSpec:
    """The model with what its credential gives it, where it does not say that itself."""
    held = there.credentials().find(spec.litellm_credential_name) if spec.litellm_credential_name else None
    values = held.values if held else {}
    given = {"api_base": values.get("api_base"), "api_key": values.get("api_key")}
    own = spec.model_dump(exclude_none=True)
    return spec.model_copy(
        update={
            name: SecretStr(value) if name == "api_key" else value
            for name, value in given.items()
            if value and name not in own
        }
    )


def _prove(gateway: Gateway, wanted: Deployment, *, made: bool) -> None:
    try:
        gateway.prove(wanted)
    except ModelUnproven:
        if made:
            gateway.forget(wanted.id)
        raise


def _keep_row(there: Session, spec: ModelSpec, id_: str) -> None:
    if not owns_row(spec):
        return
    there.with_table()
    with there.rows() as rows:
        models_table.save(rows, columns(spec, id_, backend=there.site.backend))
