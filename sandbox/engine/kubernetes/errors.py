"""What can go wrong between Pulumi and the API server.

ProviderError
├── UnreachableError   no kubeconfig, or no answer from the server it names
├── RefusedError       the inputs cannot be honoured, whatever the cluster says
├── ApiError           the API server said no
│   └── NoKindError    it does not know the kind
└── NotReadyError      the object exists, but did not become what was declared
"""

from typing import Any


class ProviderError(Exception):
    """The root: its message is what the user reads."""


class UnreachableError(ProviderError):
    """The cluster cannot be spoken to."""


class RefusedError(ProviderError):
    """The stand-in cannot do what is asked; the message says what can be done instead."""


class ApiError(ProviderError):
    """An HTTP status of 400 or more, with the API server's own reason and message."""

    def __init__(self, code: int, reason: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.reason = reason


class NoKindError(ApiError):
    """The API server serves no such kind, or not yet."""

    def __init__(self, version: str, kind: str) -> None:
        super().__init__(
            404,
            "NoKind",
            f"the API server knows no kind {kind!r} in {version!r}: its definition has to be made first",
        )


class NotReadyError(ProviderError):
    """The object is there, but not ready: Pulumi keeps it in its state and tries again at the next update."""

    def __init__(self, identity: str, properties: Any, inputs: Any, reasons: list[str]) -> None:
        super().__init__("; ".join(reasons))
        self.identity = identity
        self.properties = properties
        self.inputs = inputs
        self.reasons = reasons
