"""What can be said of the database's server, and what is refused."""

from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from litemaas_infra.specs.database import Database
from tests.litemaas_infra.support.certificates import self_signed


def _refused(**values: Any) -> str:
    with pytest.raises(ValidationError) as caught:
        Database.model_validate(values)
    (error,) = caught.value.errors()
    return f"{'.'.join(map(str, error['loc']))}: {error['msg']}"


def test_it_is_the_stacks_own_unless_it_is_said_otherwise() -> None:
    own = Database()
    assert (own.kind, own.server.host, own.server.sslmode) == ("own", "litemaas-postgres", "disable")
    assert own.place is None


def test_an_existing_one_needs_a_host_and_is_checked() -> None:
    assert _refused(kind="existing").startswith("host: Value error, is not set, and an existing server")
    there = Database(kind="existing", host="db.example.com")
    assert (there.server.sslmode, there.server.port) == ("verify-full", 5432)


def test_what_is_said_of_an_existing_one_means_nothing_for_another() -> None:
    kept = {"host": "db.example.com", "gatewayDatabase": "other", "adminSecret": "admin"}
    own = Database.model_validate(kept)
    assert own.gateway == Database().gateway
    assert own.admin is None


@pytest.mark.parametrize("host", ["https://db.example.com", "Db", "db.example.com:5432", "a b", "", "$(id)"])
def test_a_host_is_a_name_and_nothing_else(host: str) -> None:
    assert _refused(kind="existing", host=host).startswith("host: Value error, is not")


@pytest.mark.parametrize("name", ["Litellm", "1st", 'a"b', "a;b", "x" * 64, "a b"])
def test_a_database_has_a_plain_name(name: str) -> None:
    assert _refused(gatewayDatabase=name).startswith("gatewayDatabase: Value error, is not a name")


def test_the_two_databases_are_kept_apart() -> None:
    assert "LiteLLM drops tables" in _refused(gatewayDatabase="litemaas")
    assert "kept apart by their roles" in _refused(gatewayUser="litemaas")


@pytest.mark.parametrize("sslmode", ["prefer", "allow", "verify-ca", "VERIFY-FULL"])
def test_a_mode_that_checks_less_than_it_seems_to_is_none(sslmode: str) -> None:
    assert _refused(sslmode=sslmode).startswith("sslmode: ")


def test_an_authority_is_one_certificate_for_prisma_reads_no_more(tmp_path: Path) -> None:
    pem = self_signed(tmp_path).certificate
    assert Database(authority=pem).authority == pem
    assert "holds several certificates" in _refused(authority=pem + pem)
    assert "is not a certificate in PEM" in _refused(authority="sk-secret")


def test_a_password_is_shown_nowhere() -> None:
    there = Database.model_validate({"gatewayPassword": "theirs"})
    assert "theirs" not in repr(there)


def test_the_data_outlives_the_stack_on_someone_elses_server_unless_it_may_go() -> None:
    assert not Database().outlives
    assert Database(kind="existing", host="db").outlives
    forced = {"kind": "existing", "host": "db", "forceDelete": True}
    # Nobody could drop them, and what opens them must not go alone.
    assert Database.model_validate(forced).outlives
    assert not Database.model_validate({**forced, "adminSecret": "admin"}).outlives
