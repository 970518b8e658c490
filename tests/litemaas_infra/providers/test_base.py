"""What all providers share, in the very process that Pulumi runs them in."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import grpc
import pytest
from pulumi.dynamic import Config, ConfigureRequest, ResourceProvider
from pulumi.dynamic.dynamic import serialize_provider
from pulumi.runtime.proto.provider_pb2 import DiffRequest
from pulumi.runtime.proto.provider_pb2_grpc import ResourceProviderStub

from litemaas_infra.errors import DataProtected, NotInCluster
from litemaas_infra.providers.base import changes, gone, unseen
from litemaas_infra.providers.database import DatabaseProvider
from litemaas_infra.providers.model import ModelProvider
from litemaas_infra.providers.password import PasswordProvider
from litemaas_infra.providers.protection import ProtectionProvider


@pytest.fixture(scope="module")
def process() -> Iterator[ResourceProviderStub]:
    """The very process that Pulumi runs our providers in."""
    checkout = Path(__file__).parents[3]
    environment = {**os.environ, "PYTHONPATH": str(checkout)}
    command = [sys.executable, "-m", "pulumi.dynamic"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as running:
        assert running.stdout is not None
        port = int(running.stdout.readline())
        with grpc.insecure_channel(f"127.0.0.1:{port}") as channel:
            yield ResourceProviderStub(channel)
        running.terminate()


def _told(process: ResourceProviderStub, olds: dict[str, str], news: dict[str, str]) -> str:
    """What Pulumi is told when it asks the protection for a difference and that fails."""
    provider = {"__provider": serialize_provider(ProtectionProvider())}
    request = DiffRequest(id="litemaas")
    request.olds.update({**olds, **provider})
    request.news.update({**news, **provider})
    with pytest.raises(grpc.RpcError) as caught:
        process.Diff(request, timeout=20)
    return str(caught.value.details())


def test_an_error_of_ours_goes_out_as_its_message_alone(process: ResourceProviderStub) -> None:
    told = _told(process, {"namespace": "a"}, {"namespace": "b"})
    with pytest.raises(DataProtected) as ours:
        ProtectionProvider().diff("", {"namespace": "a"}, {"namespace": "b"})
    assert told == str(ours.value)


def test_any_other_error_keeps_its_trace(process: ResourceProviderStub) -> None:
    told = _told(process, {}, {})
    assert told.startswith("Traceback (most recent call last)")
    assert told.rstrip().endswith("KeyError: 'namespace'")


def test_outside_of_pulumis_process_nothing_is_touched() -> None:
    before = dict(vars(sys.modules["__main__"]))
    ProtectionProvider().configure(ConfigureRequest(Config({}, "litemaas")))
    assert dict(vars(sys.modules["__main__"])) == before


PROVIDERS = [DatabaseProvider, ModelProvider, PasswordProvider, ProtectionProvider]


@pytest.mark.parametrize("provider", PROVIDERS)
def test_a_provider_is_kept_in_state_by_its_name_and_holds_nothing(provider: type[ResourceProvider]) -> None:
    assert vars(provider()) == {}
    assert len(serialize_provider(provider())) < 200
    assert provider.serialize_as_secret_always is False


def test_the_paths_that_states_hold_do_not_change() -> None:
    assert [f"{p.__module__}.{p.__qualname__}" for p in PROVIDERS] == [
        "litemaas_infra.providers.database.DatabaseProvider",
        "litemaas_infra.providers.model.ModelProvider",
        "litemaas_infra.providers.password.PasswordProvider",
        "litemaas_infra.providers.protection.ProtectionProvider",
    ]


def test_only_named_keys_count_and_a_missing_one_is_none() -> None:
    assert changes({"a": 1, "x": 1}, {"a": 1.0, "x": 2}, ("a",)).changes is False
    assert changes({}, {"a": None}, ("a",)).changes is False
    assert changes({"a": 1}, {"a": 2}, ("a",)).changes is True


def test_only_a_key_that_replaces_does() -> None:
    replaced = changes({"a": 1, "b": 1}, {"a": 2, "b": 2}, ("a", "b"), replaces=("b",))
    assert replaced.replaces == ["b"]
    assert replaced.delete_before_replace


def test_what_could_not_be_seen_stays_and_is_made_sure_of(capsys: pytest.CaptureFixture[str]) -> None:
    seen = unseen("a-key", {"a": 1}, NotInCluster("there is no Deployment litellm"))
    assert seen.id == "a-key"
    assert changes(seen.outs or {}, {"a": 1}, ("a",)).changes is True
    told = "nobody can look: there is no Deployment litellm; `pulumi up` makes sure of it\n"
    assert capsys.readouterr().err == told


def test_what_is_gone_has_no_id() -> None:
    assert gone().id == ""
