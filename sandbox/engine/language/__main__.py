"""The plugin `pulumi-language-python`; the SDK's runner lies beside its launcher."""

import sys
from pathlib import Path

from pulumi.runtime.proto import language_pb2_grpc

from sandbox.engine.language.host import LanguageHost
from sandbox.engine.plugin import engine_address, serve


def main() -> None:
    """Serve the engine that started this process."""
    runner = Path(sys.argv[0]).resolve().parent / "pulumi-language-python-exec"
    host = LanguageHost(engine_address(sys.argv[1:]), runner)
    serve(
        lambda server: language_pb2_grpc.add_LanguageRuntimeServicer_to_server(host, server),
        host.cancel,
        workers=8,
    )


if __name__ == "__main__":
    main()
