"""Making and changing objects by server-side apply, for real or as a preview."""

import re
import threading
import time
from dataclasses import dataclass
from typing import Any

from sandbox.engine.kubernetes.api import CONFLICT, FORBIDDEN, INVALID, NOT_FOUND, Apply, Cluster
from sandbox.engine.kubernetes.awaiting import Waiting, limit
from sandbox.engine.kubernetes.errors import ApiError, NotReadyError, ProviderError, RefusedError
from sandbox.engine.kubernetes.ignoring import keep
from sandbox.engine.kubernetes.log import Log
from sandbox.engine.kubernetes.objects import Object, annotation, identity, normalise
from sandbox.engine.kubernetes.settings import Settings
from sandbox.engine.kubernetes.state import State, checkpoint, manager
from sandbox.engine.kubernetes.wire import has_unknown, reveal

DEFINITION_DELAY = 10
"""Seconds that a kind's definition or a namespace made a moment ago may take to be served."""

BY_HAND = re.compile(r"kubectl|^oc\b|^before-first-apply$")
"""Managers whose fields are taken over: what a person changed, the declaration mends."""

IMMUTABLE = "field is immutable"
ADMISSION = re.compile(
    r"violates PodSecurity|exceeded quota|admission|security context constraint", re.IGNORECASE
)


@dataclass(frozen=True)
class Wish:
    """One object to make or change: `inputs` in their envelopes, `state` if it is there already."""

    urn: str
    inputs: dict[str, Any]
    state: State | None = None
    seconds: float = 0
    """How long to wait at most; 0 for the usual."""
    ignored: tuple[str, ...] = ()
    """Paths of fields that are left to others."""


class Applier:
    """Applies wishes to one cluster."""

    def __init__(self, cluster: Cluster, settings: Settings, log: Log, stopping: threading.Event) -> None:
        self._cluster = cluster
        self._settings = settings
        self._log = log
        self._stopping = stopping

    def preview(self, wish: Wish) -> dict[str, Any]:
        """The properties that applying would give, as far as the cluster can tell beforehand."""
        inputs = normalise(reveal(wish.inputs))
        if has_unknown(inputs):
            return wish.inputs
        try:
            live = self._patch(wish, inputs, dry_run=True)
        except ApiError as error:
            if not self._unpreviewable(error, wish):
                raise
            return wish.inputs
        live.pop("status", None)  # nothing of it would be true
        return self._checkpoint(wish, inputs, live)

    def _unpreviewable(self, error: ApiError, wish: Wish) -> bool:
        # What the object needs may be made by the same update, and what it replaces may still be there.
        if error.code == FORBIDDEN and ADMISSION.search(str(error)):
            self._log.caution(f"the cluster would refuse it now: {error}", wish.urn)
        immutable = error.code == INVALID and IMMUTABLE in str(error)
        return immutable or error.code in (FORBIDDEN, NOT_FOUND, CONFLICT)

    def apply(self, wish: Wish) -> tuple[str, dict[str, Any]]:
        """Identity and properties once the object is ready. Raises NotReadyError, ProviderError."""
        inputs = normalise(reveal(wish.inputs))
        if wish.state is None and not self._settings.upsert:
            self._refuse_existing(inputs)
        live = self._eventually(wish, inputs)
        waiting = Waiting(self._cluster, self._stopping, lambda text: self._log.status(text, wish.urn))
        outcome = waiting.until_ready(live, inputs, limit(inputs, wish.seconds))
        properties = self._checkpoint(wish, inputs, outcome.live)
        if outcome.reasons:
            raise NotReadyError(identity(outcome.live), properties, wish.inputs, list(outcome.reasons))
        return identity(outcome.live), properties

    def _refuse_existing(self, inputs: Object) -> None:
        if self._cluster.find(inputs) is not None:
            raise RefusedError(
                f"{inputs['kind']} {identity(inputs)} already exists, and Pulumi's state does not know it. "
                "To take it over, set the provider's `upsertExistingObjects` "
                "(or PULUMI_K8S_UPSERT_EXISTING_OBJECTS=true), or `pulumi import` it"
            )

    def _eventually(self, wish: Wish, inputs: Object) -> Object:
        end = time.monotonic() + DEFINITION_DELAY
        while True:
            try:
                return self._patch(wish, inputs, dry_run=False)
            except ApiError as error:
                if error.code != NOT_FOUND or time.monotonic() > end:
                    raise
                self._log.status(f"waiting: {error}", wish.urn)
                if self._stopping.wait(1):
                    raise

    def _patch(self, wish: Wish, inputs: Object, *, dry_run: bool) -> Object:
        forced = annotation(inputs, "patchForce") == "true" or self._settings.patch_force
        how = Apply(
            manager(inputs, wish.state, wish.urn), dry_run, force=forced or (dry_run and wish.state is None)
        )
        if wish.ignored:
            inputs = keep(inputs, self._cluster.find(inputs) or {}, wish.ignored)
        try:
            return self._cluster.apply(inputs, how, lambda text: self._log.caution(text, wish.urn))
        except ApiError as error:
            if error.code != CONFLICT:
                raise
            return self._overrule(inputs, how, error)

    def _overrule(self, inputs: Object, how: Apply, conflict: ApiError) -> Object:
        owners = set(re.findall(r'with "([^"]+)"', str(conflict)))
        if owners and all(BY_HAND.search(owner) for owner in owners):
            return self._cluster.apply(inputs, Apply(how.manager, how.dry_run, force=True))
        raise ProviderError(
            f"{conflict}. To overrule the other manager, annotate the object with "
            "`pulumi.com/patchForce: true`, or set the provider's `enablePatchForce`"
        ) from conflict

    def _checkpoint(self, wish: Wish, inputs: Object, live: Object) -> dict[str, Any]:
        return checkpoint(
            inputs,
            live,
            wish.inputs,
            manager=manager(inputs, wish.state, wish.urn),
            version=(wish.state.version if wish.state else "") or str(inputs["apiVersion"]),
        )
