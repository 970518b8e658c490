"""The language host: the engine's questions about a Python program, answered."""

# ruff: noqa: N802, ARG002 - method names and parameters are the protocol's
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

import grpc
from google.protobuf.empty_pb2 import Empty
from pulumi.runtime.proto import language_pb2, language_pb2_grpc, plugin_pb2

from sandbox.engine.language.interpreter import NoInterpreterError, interpreter, packages, version
from sandbox.engine.language.program import Program, launch, outcome


class LanguageHost(language_pb2_grpc.LanguageRuntimeServicer):
    """Runs Python programs by `runner`, the SDK's own script, for the engine at the address `engine`."""

    def __init__(self, engine: str, runner: Path) -> None:
        self._engine = engine
        self._runner = runner
        self._running: set[Program] = set()

    def Handshake(
        self, request: language_pb2.LanguageHandshakeRequest, context: grpc.ServicerContext
    ) -> language_pb2.LanguageHandshakeResponse:
        """Learn the engine's address."""
        self._engine = request.engine_address or self._engine
        return language_pb2.LanguageHandshakeResponse()

    def GetPluginInfo(self, request: Empty, context: grpc.ServicerContext) -> plugin_pb2.PluginInfo:
        """The version of the SDK whose protocol this host speaks."""
        return plugin_pb2.PluginInfo(version=metadata.version("pulumi"))

    def GetRequiredPlugins(
        self, request: language_pb2.GetRequiredPluginsRequest, context: grpc.ServicerContext
    ) -> language_pb2.GetRequiredPluginsResponse:
        """None to be fetched beforehand: a plugin is asked for when the program first uses it."""
        return language_pb2.GetRequiredPluginsResponse()

    def GetRequiredPackages(
        self, request: language_pb2.GetRequiredPackagesRequest, context: grpc.ServicerContext
    ) -> language_pb2.GetRequiredPackagesResponse:
        """None to be fetched beforehand, as above."""
        return language_pb2.GetRequiredPackagesResponse()

    def RuntimeOptionsPrompts(
        self, request: language_pb2.RuntimeOptionsRequest, context: grpc.ServicerContext
    ) -> language_pb2.RuntimeOptionsResponse:
        """Nothing to ask: Pulumi.yaml names the virtual environment."""
        return language_pb2.RuntimeOptionsResponse()

    def InstallDependencies(
        self, request: language_pb2.InstallDependenciesRequest, context: grpc.ServicerContext
    ) -> Iterator[language_pb2.InstallDependenciesResponse]:
        """Nothing is installed behind the project's back; says how it is done."""
        text = "the project installs its own dependencies (see its README); nothing was changed\n"
        yield language_pb2.InstallDependenciesResponse(stdout=text.encode())

    def About(
        self, request: language_pb2.AboutRequest, context: grpc.ServicerContext
    ) -> language_pb2.AboutResponse:
        """Path and version of the interpreter."""
        python = _interpreter(request.info, context)
        return language_pb2.AboutResponse(executable=str(python), version=version(python))

    def GetProgramDependencies(
        self, request: language_pb2.GetProgramDependenciesRequest, context: grpc.ServicerContext
    ) -> language_pb2.GetProgramDependenciesResponse:
        """Every distribution installed for the program."""
        found = packages(_interpreter(request.info, context))
        return language_pb2.GetProgramDependenciesResponse(
            dependencies=[
                language_pb2.DependencyInfo(name=name, version=number)
                for name, number in sorted(found.items())
            ]
        )

    def Run(
        self, request: language_pb2.RunRequest, context: grpc.ServicerContext
    ) -> language_pb2.RunResponse:
        """Run the program to its end."""
        try:
            python = interpreter(request.info)
        except NoInterpreterError as error:
            return language_pb2.RunResponse(error=str(error))
        program = Program(launch(request, python=python, runner=self._runner, engine=self._engine))
        self._running.add(program)
        context.add_callback(program.end)  # an engine that hangs up waits for no result
        try:
            return outcome(program.wait())
        finally:
            self._running.discard(program)

    def Cancel(self, request: Empty, context: grpc.ServicerContext) -> Empty:
        """End the programs under way."""
        self.cancel()
        return Empty()

    def cancel(self) -> None:
        """End the programs under way."""
        for program in list(self._running):
            program.end()


def _interpreter(info: language_pb2.ProgramInfo, context: grpc.ServicerContext) -> Path:
    try:
        return interpreter(info)
    except NoInterpreterError as error:
        context.abort(grpc.StatusCode.FAILED_PRECONDITION, str(error))
