"""The provider protocol: each call to the module that knows, each error to the form the engine reads."""

# ruff: noqa: N802, ARG002 - method names and parameters are the protocol's
from collections.abc import Iterator
from contextlib import contextmanager

import grpc
from google.protobuf.any_pb2 import Any as AnyMessage
from google.protobuf.empty_pb2 import Empty
from pulumi.runtime.proto import plugin_pb2, provider_pb2, provider_pb2_grpc, status_pb2

from sandbox.engine.found import kubernetes_version
from sandbox.engine.kubernetes.applying import Wish
from sandbox.engine.kubernetes.checking import Check, checked
from sandbox.engine.kubernetes.comparing import compare
from sandbox.engine.kubernetes.configuring import compare_settings
from sandbox.engine.kubernetes.deleting import delete
from sandbox.engine.kubernetes.errors import NotReadyError, ProviderError
from sandbox.engine.kubernetes.log import Log
from sandbox.engine.kubernetes.reading import Read, read
from sandbox.engine.kubernetes.session import Session
from sandbox.engine.kubernetes.state import State
from sandbox.engine.kubernetes.wire import decode, encode

KINDS = {
    "ADD": (provider_pb2.PropertyDiff.ADD, provider_pb2.PropertyDiff.ADD_REPLACE),
    "DELETE": (provider_pb2.PropertyDiff.DELETE, provider_pb2.PropertyDiff.DELETE_REPLACE),
    "UPDATE": (provider_pb2.PropertyDiff.UPDATE, provider_pb2.PropertyDiff.UPDATE_REPLACE),
}


class KubernetesProvider(provider_pb2_grpc.ResourceProviderServicer):
    """Serves the pulumi_kubernetes SDK."""

    def __init__(self, engine: str) -> None:
        self._session = Session(Log(engine))

    def cancel(self) -> None:
        """End every wait under way."""
        self._session.stopping.set()

    def close(self) -> None:
        """Give back what it holds; it serves no more."""
        self._session.close()

    def Handshake(
        self, request: provider_pb2.ProviderHandshakeRequest, context: grpc.ServicerContext
    ) -> provider_pb2.ProviderHandshakeResponse:
        """Learn the engine's address."""
        if request.engine_address:
            self._session.log = Log(request.engine_address)
        return provider_pb2.ProviderHandshakeResponse(
            accept_secrets=True, supports_autonaming_configuration=True
        )

    def GetPluginInfo(self, request: Empty, context: grpc.ServicerContext) -> plugin_pb2.PluginInfo:
        """The version of the provider that this one stands in for."""
        return plugin_pb2.PluginInfo(version=kubernetes_version())

    def GetSchema(
        self, request: provider_pb2.GetSchemaRequest, context: grpc.ServicerContext
    ) -> provider_pb2.GetSchemaResponse:
        """No schema: the SDK has its own."""
        return provider_pb2.GetSchemaResponse(schema='{"name": "kubernetes"}')

    def CheckConfig(
        self, request: provider_pb2.CheckRequest, context: grpc.ServicerContext
    ) -> provider_pb2.CheckResponse:
        """Any setting is taken; what they name is looked at when it is used."""
        return provider_pb2.CheckResponse(inputs=request.news)

    def DiffConfig(
        self, request: provider_pb2.DiffRequest, context: grpc.ServicerContext
    ) -> provider_pb2.DiffResponse:
        """Which settings differ, and whether they name another cluster."""
        changed, replacing = compare_settings(decode(request.olds), decode(request.news))
        return provider_pb2.DiffResponse(changes=_some(bool(changed)), diffs=changed, replaces=replacing)

    def Configure(
        self, request: provider_pb2.ConfigureRequest, context: grpc.ServicerContext
    ) -> provider_pb2.ConfigureResponse:
        """Take the settings."""
        self._session.configure(request.variables)
        return provider_pb2.ConfigureResponse(
            acceptSecrets=True, supportsPreview=True, supports_autonaming_configuration=True
        )

    def Check(
        self, request: provider_pb2.CheckRequest, context: grpc.ServicerContext
    ) -> provider_pb2.CheckResponse:
        """The inputs as they will be applied."""
        naming = request.autonaming if request.HasField("autonaming") else None
        olds, news = decode(request.olds), decode(request.news)
        cluster, settings = self._session.cluster, self._session.settings
        with _reported(context):
            check = Check(request.urn, olds, news, request.randomSeed, naming)
            default = cluster.namespace if cluster else settings.namespace
            return provider_pb2.CheckResponse(inputs=encode(checked(check, cluster, default)))

    def Diff(
        self, request: provider_pb2.DiffRequest, context: grpc.ServicerContext
    ) -> provider_pb2.DiffResponse:
        """What differs between the state and the inputs."""
        olds, news = decode(request.olds), decode(request.news)
        found = compare(olds, news, request.ignoreChanges, self._session.settings)
        detail = {
            change.path: provider_pb2.PropertyDiff(kind=KINDS[change.kind][change.path in found.replacing])
            for change in found.changes
        }
        return provider_pb2.DiffResponse(
            changes=_some(bool(detail)),
            replaces=found.replacing,
            deleteBeforeReplace=found.delete_first,
            detailedDiff=detail,
            hasDetailedDiff=True,
        )

    def Create(
        self, request: provider_pb2.CreateRequest, context: grpc.ServicerContext
    ) -> provider_pb2.CreateResponse:
        """Make the object and wait until it is ready; in a preview, ask how it would be."""
        wish = Wish(request.urn, decode(request.properties), seconds=request.timeout)
        with _reported(context):
            if request.preview:
                return provider_pb2.CreateResponse(properties=encode(self._session.applier().preview(wish)))
            identity, properties = self._session.applier().apply(wish)
            return provider_pb2.CreateResponse(id=identity, properties=encode(properties))

    def Update(
        self, request: provider_pb2.UpdateRequest, context: grpc.ServicerContext
    ) -> provider_pb2.UpdateResponse:
        """Change the object and wait until it is ready; in a preview, ask how it would be."""
        state = State.read(decode(request.olds))
        ignored = tuple(request.ignoreChanges)
        wish = Wish(request.urn, decode(request.news), state, request.timeout, ignored)
        with _reported(context):
            if request.preview:
                return provider_pb2.UpdateResponse(properties=encode(self._session.applier().preview(wish)))
            return provider_pb2.UpdateResponse(properties=encode(self._session.applier().apply(wish)[1]))

    def Read(
        self, request: provider_pb2.ReadRequest, context: grpc.ServicerContext
    ) -> provider_pb2.ReadResponse:
        """The object as it is now; an empty answer if it is gone."""
        asked = Read(request.urn, request.id, decode(request.properties), decode(request.inputs))
        with _reported(context), self._session.forgetting():
            found = read(asked, self._session.reachable())
            if found is not None:
                return provider_pb2.ReadResponse(
                    id=request.id, properties=encode(found.properties), inputs=encode(found.inputs)
                )
        return provider_pb2.ReadResponse()

    def Delete(self, request: provider_pb2.DeleteRequest, context: grpc.ServicerContext) -> Empty:
        """Delete the object and wait until it is gone."""
        state = State.read(decode(request.properties))
        with _reported(context), self._session.forgetting():
            delete(state, self._session.reachable(), self._session.waiting(request.urn), request.timeout)
        return Empty()

    def Cancel(self, request: Empty, context: grpc.ServicerContext) -> Empty:
        """End every wait under way."""
        self.cancel()
        return Empty()


def _some(changed: bool) -> provider_pb2.DiffResponse.DiffChanges.ValueType:
    return provider_pb2.DiffResponse.DIFF_SOME if changed else provider_pb2.DiffResponse.DIFF_NONE


@contextmanager
def _reported(context: grpc.ServicerContext) -> Iterator[None]:
    try:
        yield
    except NotReadyError as error:
        context.set_trailing_metadata((("grpc-status-details-bin", _details(error)),))
        context.abort(grpc.StatusCode.UNKNOWN, str(error))
    except ProviderError as error:
        context.abort(grpc.StatusCode.UNKNOWN, str(error))


def _details(error: NotReadyError) -> bytes:
    # In this form the engine keeps the object, marked as not ready, and goes on with it at the next update.
    detail = AnyMessage()
    detail.Pack(
        provider_pb2.ErrorResourceInitFailed(
            id=error.identity,
            properties=encode(error.properties),
            inputs=encode(error.inputs),
            reasons=error.reasons,
        )
    )
    code = int(grpc.StatusCode.UNKNOWN.value[0])
    return status_pb2.Status(code=code, message=str(error), details=[detail]).SerializeToString()
