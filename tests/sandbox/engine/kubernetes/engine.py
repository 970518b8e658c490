"""Pulumi's side of the protocol: an engine that notes what it is told, and calls to the provider."""

# ruff: noqa: N802, ARG002 - method names and parameters are the protocol's
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import grpc
from google.protobuf.empty_pb2 import Empty
from pulumi.runtime.proto import engine_pb2, engine_pb2_grpc, provider_pb2, provider_pb2_grpc, status_pb2

from sandbox.engine.kubernetes.provider import KubernetesProvider
from sandbox.engine.kubernetes.wire import decode, encode

Object = dict[str, Any]


class Engine(engine_pb2_grpc.EngineServicer):
    def __init__(self) -> None:
        self.told: list[tuple[str, bool]] = []

    def Log(self, request: engine_pb2.LogRequest, context: grpc.ServicerContext) -> Empty:
        self.told.append((request.message, request.ephemeral))
        return Empty()

    @property
    def statuses(self) -> list[str]:
        return [message for message, passing in self.told if passing]

    @property
    def lines(self) -> list[str]:
        return [message for message, passing in self.told if not passing]


@dataclass
class Stack:
    """One provider, called as the engine calls it."""

    stub: provider_pb2_grpc.ResourceProviderStub
    engine: Engine
    provider: KubernetesProvider

    def configure(self, kubeconfig: str, **settings: str) -> None:
        variables = {f"kubernetes:config:{name}": value for name, value in settings.items()}
        variables["kubernetes:config:kubeconfig"] = kubeconfig
        self.stub.Configure(provider_pb2.ConfigureRequest(variables=variables, acceptSecrets=True))

    def check(self, news: Object, olds: Object | None = None) -> Object:
        request = provider_pb2.CheckRequest(
            urn=urn(news), news=encode(news), olds=encode(olds or {}), randomSeed=b"12345678"
        )
        return decode(self.stub.Check(request).inputs)

    def create(self, inputs: Object, *, preview: bool = False, timeout: float = 0) -> tuple[str, Object]:
        request = provider_pb2.CreateRequest(
            urn=urn(inputs), properties=encode(inputs), preview=preview, timeout=timeout
        )
        answer = self.stub.Create(request)
        return answer.id, decode(answer.properties)

    def update(self, olds: Object, news: Object, *, ignored: Sequence[str] = ()) -> Object:
        request = provider_pb2.UpdateRequest(
            urn=urn(news), olds=encode(olds), news=encode(news), ignoreChanges=ignored
        )
        return decode(self.stub.Update(request).properties)

    def read(
        self, identity: str, properties: Object, inputs: Object, kind: Object
    ) -> provider_pb2.ReadResponse:
        request = provider_pb2.ReadRequest(
            id=identity, urn=urn(kind), properties=encode(properties), inputs=encode(inputs)
        )
        answer: provider_pb2.ReadResponse = self.stub.Read(request)
        return answer

    def delete(self, identity: str, properties: Object, timeout: float = 0) -> None:
        self.stub.Delete(
            provider_pb2.DeleteRequest(
                id=identity, urn=urn(properties), properties=encode(properties), timeout=timeout
            )
        )


def urn(obj: Object) -> str:
    version = obj["apiVersion"] if "/" in obj["apiVersion"] else f"core/{obj['apiVersion']}"
    return f"urn:pulumi:dev::test::kubernetes:{version}:{obj['kind']}::thing"


@contextmanager
def stack() -> Iterator[Stack]:
    """A provider behind a real channel, with an engine that listens."""
    engine, server = Engine(), grpc.server(ThreadPoolExecutor(4))
    engine_pb2_grpc.add_EngineServicer_to_server(engine, server)
    provider = KubernetesProvider("")
    provider_pb2_grpc.add_ResourceProviderServicer_to_server(provider, server)
    address = f"127.0.0.1:{server.add_insecure_port('127.0.0.1:0')}"
    server.start()
    with grpc.insecure_channel(address) as channel:
        stub = provider_pb2_grpc.ResourceProviderStub(channel)
        stub.Handshake(provider_pb2.ProviderHandshakeRequest(engine_address=address))
        yield Stack(stub, engine, provider)
    server.stop(None).wait()
    provider.close()


def not_ready(error: Any) -> provider_pb2.ErrorResourceInitFailed:
    """What an answer says of an object that was made and is not ready."""
    trailing = dict(error.trailing_metadata())
    status = status_pb2.Status.FromString(trailing["grpc-status-details-bin"])
    detail = provider_pb2.ErrorResourceInitFailed()
    assert status.details[0].Unpack(detail)
    return detail
