"""What the user reads while the provider works: log lines, and one passing status per resource."""

import grpc
from pulumi.runtime.proto import engine_pb2, engine_pb2_grpc

from sandbox.engine.plugin import UNLIMITED


class Log:
    """Speaks to the engine at `address`; silent without one, or when the engine is gone."""

    def __init__(self, address: str) -> None:
        self._engine: engine_pb2_grpc.EngineStub | None = None
        if address:
            channel = grpc.insecure_channel(address, options=UNLIMITED)
            self._engine = engine_pb2_grpc.EngineStub(channel)

    def note(self, message: str, urn: str = "") -> None:
        """A line that stays."""
        self._say(engine_pb2.INFO, message, urn)

    def caution(self, message: str, urn: str = "") -> None:
        """A warning that stays."""
        self._say(engine_pb2.WARNING, message, urn)

    def status(self, message: str, urn: str) -> None:
        """What the resource is doing just now; replaces the status before it."""
        self._say(engine_pb2.INFO, message, urn, passing=True)

    def _say(
        self, severity: engine_pb2.LogSeverity.ValueType, message: str, urn: str, *, passing: bool = False
    ) -> None:
        if self._engine is None:
            return
        request = engine_pb2.LogRequest(severity=severity, message=message, urn=urn, ephemeral=passing)
        try:
            self._engine.Log(request, timeout=5)
        except grpc.RpcError:
            self._engine = None  # an engine that ended reads nothing more
