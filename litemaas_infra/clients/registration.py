"""Which deployment of a gateway is the declared model: its own, one to take over, or none yet."""

from collections.abc import Collection, Iterable

from litemaas_infra import names
from litemaas_infra.clients.litellm import Served
from litemaas_infra.errors import ModelCollision
from litemaas_infra.specs.deployment import Deployment
from litemaas_infra.specs.model import ModelSpec


def identity(
    spec: ModelSpec, stored: Collection[Deployment], configured: Collection[str], known: str | None
) -> str:
    """The id of the deployment that is, or becomes, the declared model; the `known` one if it has one.

    `stored` are the deployments of its name, `configured` the model_names of the gateway's own
    configuration. Raises ModelCollision when the name belongs to a model made elsewhere, which would share
    its requests, unless the spec adopts it.
    """
    own = known or names.model_id(spec.model_name, spec.deployment)
    others = [found.id for found in stored if not found.ours and found.id != own]
    if any(found.id == own for found in stored):
        return own
    adopted = [found.id for found in stored if found.is_of(spec)]
    if adopted and not known:
        return adopted[0]
    if spec.model_name in configured:
        raise ModelCollision(
            f"the gateway's configuration file already has a model {spec.model_name!r}, which cannot be "
            "adopted; remove it there, or choose another model_name"
        )
    if others and (known or spec.adopt is False):
        raise _taken(spec, others, "set the model's `adopt` to true, which keeps its id, keys and spend")
    return own if known else _adopted(spec, stored, others) or own


def configured(served: Iterable[Served]) -> frozenset[str]:
    """The model_names that come out of the gateway's configuration file."""
    return frozenset(
        str(found.get("model_name"))
        for found in served
        if (found.get("model_info") or {}).get("db_model") is False
    )


def _adopted(spec: ModelSpec, stored: Collection[Deployment], others: list[str]) -> str | None:
    if isinstance(spec.adopt, str):
        if spec.adopt in {found.id for found in stored}:
            return spec.adopt
        raise ModelCollision(
            f"model {spec.model_name!r} is to adopt {spec.adopt}, which the gateway does not have; of this "
            f"name it has {', '.join(others) or 'none'}. Correct `adopt`, or remove it"
        )
    if len(others) > 1:
        raise _taken(spec, others, "set the model's `adopt` to the id to take over, and delete the others")
    return others[0] if others else None


def _taken(spec: ModelSpec, others: list[str], remedy: str) -> ModelCollision:
    return ModelCollision(
        f"the gateway already serves a model {spec.model_name!r} that this stack did not make "
        f"(id {', '.join(others)}); to take it over, {remedy}; or delete it in the admin UI, or choose "
        "another model_name"
    )
