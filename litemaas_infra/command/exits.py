"""What the command's exit codes mean."""

from typing import Final

from litemaas_infra.errors import (
    ClusterError,
    DatabaseError,
    EndpointError,
    GatewayError,
    LiteMaaSError,
    SettingsError,
)

WRONG: Final = 1
"""The answer is that something is not in order."""
MEANINGS: Final = {
    0: "done, and all is in order",
    WRONG: "done, and something is not in order: the answer says what",
    2: "the command line is wrong",
    3: "the stack's settings are wrong, or cannot be read",
    4: "the cluster does not answer, refuses, or lacks something",
    5: "the gateway does not answer, or refuses",
    6: "a model's endpoint does not answer, or refuses",
    7: "PostgreSQL does not answer, or refuses",
}
_CODES: Final[dict[type[LiteMaaSError], int]] = {
    SettingsError: 3,
    ClusterError: 4,
    GatewayError: 5,
    EndpointError: 6,
    DatabaseError: 7,
}


def code_of(error: LiteMaaSError) -> int:
    """The exit code that tells programs what kind of trouble it is."""
    return next((code for kind, code in _CODES.items() if isinstance(error, kind)), WRONG)
