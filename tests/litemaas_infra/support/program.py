"""The whole program, run against a monitor that records what it declares instead of an engine."""

import json
import runpy
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pulumi
import pytest
from google.protobuf.struct_pb2 import Value
from pulumi.runtime import mocks, rpc
from pulumi.runtime.proto.resource_pb2 import RegisterResourceRequest, RegisterResourceResponse
from pulumi.runtime.settings import get_root_resource

from litemaas_infra import names
from tests.litemaas_infra.support.certificates import serving_secret
from tests.litemaas_infra.support.configured import configured
from tests.litemaas_infra.support.kubernetes import FakeKubernetes, kubeconfig, kubernetes, served
from tests.litemaas_infra.support.kubernetes import secret as secret_of

MAIN = Path(__file__).parents[3] / "__main__.py"
GENERATED = "generated-for-"
HOST = "litellm-litemaas.apps.example.com"
CLASSES = "/apis/storage.k8s.io/v1/storageclasses"
INGRESS_CLASSES = "/apis/networking.k8s.io/v1/ingressclasses"
OF_OPENSHIFT = ("route", "config", "oauth", "operator")
DOMAIN = "/apis/config.openshift.io/v1/ingresses/cluster"


@dataclass(frozen=True)
class Declared:
    """One resource, as the program declared it."""

    type: str
    name: str
    inputs: dict[str, Any]
    """Secrets among them are `Hidden`."""
    request: RegisterResourceRequest

    @property
    def kind(self) -> str:
        return self.type.rpartition(":")[2]


@dataclass(frozen=True)
class Hidden:
    """A value that Pulumi was told is secret."""

    value: Any


@dataclass
class Program:
    """Everything a run of the program declared, and what it exported."""

    resources: list[Declared] = field(default_factory=list)
    exports: dict[str, Any] = field(default_factory=dict)

    def all(self, kind: str) -> list[Declared]:
        return [resource for resource in self.resources if resource.kind == kind]

    @property
    def workloads(self) -> list[Declared]:
        """Everything that has pods."""
        return [r for r in self.resources if r.kind in ("Deployment", "StatefulSet", "Job")]

    def one(self, kind: str, name: str | None = None) -> Declared:
        """The resource of that kind, and of that Kubernetes name where there are several."""
        found = [r for r in self.all(kind) if name is None or r.inputs["metadata"]["name"] == name]
        assert len(found) == 1, f"{len(found)} of {kind} {name}"
        return found[0]

    def needed(self, resource: Declared) -> set[str]:
        """The names of the resources that must be there before it, directly or not."""
        seen: set[str] = set()
        waiting = list(resource.request.dependencies)
        while waiting:
            name = waiting.pop().rpartition("::")[2]
            if name not in seen:
                seen.add(name)
                waiting += next(r for r in self.resources if r.name == name).request.dependencies
        return seen


class _Recorder(mocks.MockMonitor):
    """Pulumi's own double of the engine, which also keeps each whole request."""

    def __init__(self, program: Program) -> None:
        super().__init__(_Results())
        self._program = program

    def RegisterResource(self, request: RegisterResourceRequest) -> RegisterResourceResponse:  # noqa: N802
        inputs = _revealed(rpc.deserialize_properties(request.object, keep_unknowns=True))
        self._program.resources.append(Declared(request.type, request.name, inputs, request))
        response: RegisterResourceResponse = super().RegisterResource(request)  # type: ignore[no-untyped-call]  # Pulumi's own lacks a type
        for name in request.additionalSecretOutputs:
            _hide(response, name)
        return response


class _Results(mocks.Mocks):
    """What the cluster and the providers would add."""

    def call(self, args: mocks.MockCallArgs) -> tuple[dict[str, Any], None]:
        raise AssertionError(f"the program asks for {args.token}")

    def new_resource(self, args: mocks.MockResourceArgs) -> tuple[str, dict[str, Any]]:
        outputs = dict(args.inputs)
        if args.typ.endswith(":Password"):
            outputs["value"] = f"{GENERATED}{outputs['secret']}-{outputs['key']}"
        if args.typ.endswith(":KeyValue"):
            outputs.update(value=f"{GENERATED}{outputs['secret']}", token="its-token", before=[])
        if args.typ.endswith("litemaas:Database"):
            outputs["token"] = f"token-of-{outputs['database']}"
        if args.typ.endswith(":ServingCertificate"):
            outputs |= {part: f"{part}-of-{outputs['secret']}" for part in ("revision", "authority")}
        if args.typ.endswith(":Model"):
            outputs["litellm_model_id"] = names.model_id(outputs["model_name"], outputs.get("deployment"))
        if args.typ.endswith(":Route"):
            spec = outputs["spec"]
            own = spec["value"] if rpc._special_sig_key in spec else spec  # it may be secret as a whole
            outputs["spec"] = {"host": HOST, **own}
        return f"{args.name}-id", outputs


def run(
    classes: tuple[str, ...] = ("gp3-csi",),
    *,
    openshift: bool = True,
    secrets: tuple[str, ...] = (),
    **settings: Any,
) -> Program:
    """Run the program with these settings on a cluster of these classes, which may be no OpenShift.

    `secrets` are pull secrets of its namespace, where `serving` is the gateway's own certificate; in
    namespace default there is `pg`, an administrator's.
    """
    program = Program()
    values = {f"litemaas:{name}": _text(value) for name, value in settings.items()}
    with kubernetes() as api, tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setenv("KUBECONFIG", str(kubeconfig(Path(folder) / "kubeconfig", test=api.url)))
        _have(api, CLASSES, "storageclass", classes)
        api.objects["/apis/postgresql.cnpg.io/v1"] = served("clusters databases")
        api.objects["/apis/monitoring.coreos.com/v1"] = served("servicemonitors prometheusrules")
        if openshift:
            paths = [f"/apis/{name}.openshift.io/v1" for name in OF_OPENSHIFT]
            api.objects.update({path: served("routes oauthclients servicecas") for path in paths})
            api.objects[DOMAIN] = {"spec": {"domain": "apps.example.com"}}
        else:
            _have(api, INGRESS_CLASSES, "ingressclass", ("traefik", "nginx"))
        api.put("secrets/pg", secret_of(user="admin", password="of the admin"), "default")
        api.put("secrets/serving", serving_secret(Path(folder)))
        for secret in secrets:
            api.put(f"secrets/{secret}", {"type": "kubernetes.io/dockerconfigjson"})
        with configured(values):
            mocks.set_mocks(_Results(), "litemaas", "test", preview=False, monitor=_Recorder(program))
            _main(program)
    return program


def _main(program: Program) -> None:
    # The decorator awaits every registration, and the output that is given back.
    @pulumi.runtime.test  # type: ignore[untyped-decorator]  # Pulumi's own lacks a type
    def main() -> pulumi.Output[None]:
        stack = get_root_resource()
        assert isinstance(stack, pulumi.runtime.stack.Stack)
        stack.outputs.clear()  # an earlier run's: Pulumi keeps the stack as long as the process lasts
        runpy.run_path(str(MAIN))
        return pulumi.Output.all(**stack.outputs).apply(program.exports.update)

    main()


def _have(api: FakeKubernetes, path: str, kind: str, classes: tuple[str, ...]) -> None:
    """The classes, of which the first is the cluster's default."""
    mark = {"annotations": {f"{kind}.kubernetes.io/is-default-class": "true"}}
    items = [{"metadata": {"name": name, **(mark if name == classes[0] else {})}} for name in classes]
    api.objects[path] = {"items": items}


def _text(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value)


def _hide(response: RegisterResourceResponse, name: str) -> None:
    """Mark an output secret, as the engine does."""
    if name not in response.object.fields:
        return
    value = Value()
    value.CopyFrom(response.object.fields[name])
    if rpc._special_sig_key in value.struct_value.fields:
        return
    hidden = response.object.fields[name].struct_value.fields
    hidden[rpc._special_sig_key].string_value = rpc._special_secret_sig
    hidden["value"].CopyFrom(value)


def _revealed(value: Any) -> Any:
    if isinstance(value, Mapping) and rpc._special_sig_key in value:
        return Hidden(_revealed(value["value"]))
    if isinstance(value, Mapping):
        return {key: _revealed(inner) for key, inner in value.items()}
    return [_revealed(inner) for inner in value] if isinstance(value, list) else value
