"""The plugin `pulumi-resource-kubernetes`."""

import sys

from pulumi.runtime.proto import provider_pb2_grpc

from sandbox.engine.kubernetes.provider import KubernetesProvider
from sandbox.engine.plugin import engine_address, serve

WORKERS = 128
"""Calls at a time: each object that is waited for takes one."""


def main() -> None:
    """Serve the engine that started this process."""
    provider = KubernetesProvider(engine_address(sys.argv[1:]))
    serve(
        lambda server: provider_pb2_grpc.add_ResourceProviderServicer_to_server(provider, server),
        provider.cancel,
        workers=WORKERS,
    )
    provider.close()


if __name__ == "__main__":
    main()
