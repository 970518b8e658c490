"""A model: its deployment in the gateway and its row in the backend's database, as one resource.

What leads to the cluster is imported where it is used: it takes longer than all the rest of a run that finds
nothing to do, and that run only compares.
"""

from typing import Final

import pulumi
from pulumi.dynamic import CreateResult, DiffResult, ReadResult, Resource, UpdateResult

from litemaas_infra.providers.base import UNSEEN, Props, Provider, gone, not_seen, say, unseen
from litemaas_infra.providers.site import Site
from litemaas_infra.specs import drift
from litemaas_infra.specs.deployment import INFO, Deployment
from litemaas_infra.specs.fields import IDENTITY, NAMES, SECRETS, changed, fields_of, spec_of
from litemaas_infra.specs.model import ModelSpec
from litemaas_infra.specs.row import owns_row

DECLARED: Final = "declared"
"""The output that keeps what was last made: a refresh puts what it finds into the others."""
DECLARED_SECRETS: Final = "declared_secrets"
"""The part of it that is secret."""
ID: Final = "litellm_model_id"
SERVED: Final = "served"
"""Whether the gateway serves what it has stored; only a refresh can find that it does not."""


class ModelProvider(Provider):
    """Makes, reads, changes and deletes models. Every step may be repeated after an interruption."""

    def create(self, props: Props) -> CreateResult:
        """Make the deployment, then the row that names it."""
        id_ = _register(props)
        return CreateResult(id_, _made(id_, props))

    def read(self, id_: str, props: Props) -> ReadResult:
        """What the gateway and the row say now; gone if neither has the model."""
        try:
            return _look(id_, props)
        except UNSEEN as why:
            return unseen(id_, props, why)

    def diff(self, id_: str, olds: Props, news: Props) -> DiffResult:
        """What differs. Another declared name is another model; one given by hand is given back."""
        renamed = [name for name in IDENTITY if news.get(name) != olds[DECLARED].get(name)]
        drifted = olds.get(ID) != id_ or olds.get(SERVED) is False or not_seen(olds)
        return DiffResult(
            changes=bool(changed(olds, news)) or drifted or olds.get("site") != news.get("site"),
            replaces=renamed,
            stables=[],
            delete_before_replace=True,
        )

    def update(self, id_: str, olds: Props, news: Props) -> UpdateResult:
        """Make the deployment and the row what is declared now."""
        anew = olds.get(SERVED) is False or _takes_back(olds[DECLARED], news)
        return UpdateResult(_made(_register(news, id_, anew=anew), news))

    def delete(self, id_: str, props: Props) -> None:
        """Take the model from the gateway, then its row, which stays while users hold claims on it."""
        from litemaas_infra.providers.registration import forget
        from litemaas_infra.providers.session import session
        from litemaas_infra.providers.snapshot import outdated

        site = Site.of(props)
        there = session(site)
        try:
            with there.unless_gone():
                forget(there, _declared(props), id_)
        finally:
            outdated(site)


def _register(props: Props, known: str | None = None, *, anew: bool = False) -> str:
    from litemaas_infra.providers.registration import register
    from litemaas_infra.providers.session import session
    from litemaas_infra.providers.snapshot import outdated

    site = Site.of(props)
    try:
        return register(session(site), spec_of(props), known, anew=anew)
    finally:
        outdated(site)


def _look(id_: str, props: Props) -> ReadResult:
    from litemaas_infra.clients.references import effective
    from litemaas_infra.providers.session import session
    from litemaas_infra.providers.snapshot import snapshot

    site, declared = Site.of(props), _declared(props)
    seen = snapshot(site)
    if seen is None:
        return gone()
    stored = seen.stored.get(id_)
    row = seen.rows.get(declared.model_name) if owns_row(declared) else None
    if stored is None and row is None:
        # With a row it is not gone: nobody but us would ever delete that.
        return gone()
    meant = effective(session(site).cluster(), site.namespace, declared)
    there = stored or Deployment(id_, declared.model_name, {}, {})
    found = drift.live_fields(declared, meant, there, row, backend=site.backend)
    others = {ID: id_, SERVED: id_ in seen.served, **found}
    if not others[SERVED]:
        say(f"{declared.model_name}: the gateway {_lack(stored)}; `pulumi up` mends that")
    if stored:
        _say_secrets(declared, found)
    return ReadResult(id_, {**props, **others}, {"site": props["site"], **found})


def _say_secrets(declared: ModelSpec, found: Props) -> None:
    # Pulumi shows nothing of a secret, not even that it is another.
    for name in changed(fields_of(declared), found):
        if name in SECRETS:
            say(f"{declared.model_name}: the gateway has another {name}; `pulumi up` mends that")


def _lack(stored: Deployment | None) -> str:
    return "has it stored and does not serve it" if stored else "no longer has it"


def _declared(props: Props) -> ModelSpec:
    """What was declared when the model was last made, whatever a refresh has found since."""
    return spec_of({**props[DECLARED], **props.get(DECLARED_SECRETS, {})})


def _takes_back(old: Props, new: Props) -> bool:
    """Whether something is no longer said of the model: LiteLLM keeps what it was told once."""
    unsaid = any(old.get(name) is not None and new.get(name) is None for name in INFO.values())
    return unsaid or bool(set(old.get("model_info") or {}) - set(new.get("model_info") or {}))


def _made(id_: str, props: Props) -> Props:
    # Pulumi writes the whole state at every step, so what says nothing is left out.
    said = {name: props[name] for name in NAMES if props.get(name) is not None}
    declared = {name: value for name, value in said.items() if name not in SECRETS}
    secrets = {name: value for name, value in said.items() if name in SECRETS}
    return {**props, ID: id_, SERVED: True, DECLARED: declared, DECLARED_SECRETS: secrets}


class Model(Resource, module="litemaas", name="Model"):
    """A declared model. Its id is the one LiteLLM knows it by, and follows from its name unless adopted."""

    litellm_model_id: pulumi.Output[str]

    def __init__(
        self, name: str, spec: ModelSpec, site: Site, opts: pulumi.ResourceOptions | None = None
    ) -> None:
        fields = fields_of(spec)
        secret = {name: pulumi.Output.secret(fields[name]) for name in SECRETS if fields[name]}
        inputs = {**fields, **secret, "site": site.props, ID: None, SERVED: None}
        hidden = pulumi.ResourceOptions(additional_secret_outputs=[*SECRETS, DECLARED_SECRETS])
        super().__init__(ModelProvider(), name, inputs, pulumi.ResourceOptions.merge(opts, hidden))
