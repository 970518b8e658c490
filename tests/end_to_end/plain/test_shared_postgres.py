"""Data on a PostgreSQL that someone else runs: used, left behind, found again, and given up by request."""

from pathlib import Path

import pytest

from tests.end_to_end.support import postgresql, readme
from tests.end_to_end.support.commands import CHECKOUT, Done
from tests.end_to_end.support.gateway import Gateway
from tests.end_to_end.support.people import People
from tests.end_to_end.support.postgresql import psql
from tests.end_to_end.support.pulumi import Stack
from tests.end_to_end.support.sandbox import NAMESPACE, VOLUMES, found, inside, names, secret, secrets

URL = "http://litellm.localhost"
MODEL = "granite-3-2-8b-instruct"
ANSWER = f"This is {MODEL}. You said: What is OpenShift?"
DATABASES = "SELECT datname, pg_get_userbyid(datdba) FROM pg_database WHERE datname LIKE 'lite%' ORDER BY 1"

pytestmark = pytest.mark.usefixtures("deployed")


@pytest.fixture(scope="module")
def recipe() -> list[readme.Step]:
    return readme.steps(CHECKOUT / "README.md", "## On a shared PostgreSQL")


@pytest.fixture(scope="module")
def shared(recipe: list[readme.Step], stack: Stack, tmp_path_factory: pytest.TempPathFactory) -> Done:
    """The README's first lines, on a server that is there, for a stack that has no data yet."""
    stack.destroy().succeeded()
    postgresql.deploy(tmp_path_factory.mktemp("postgresql"))
    return _typed(recipe[0])


@pytest.fixture(scope="module")
def people(shared: Done) -> People:
    """Who has data there."""
    del shared
    return People.come(Gateway.at(URL), "litellm", psql)


def _typed(step: readme.Step) -> Done:
    return inside("sh", "-eu", stdin=step.lines, timeout=600).succeeded()


def test_a_model_answers_through_the_ingress(people: People) -> None:
    assert people.holder.completes(MODEL) == ANSWER


def test_both_databases_are_made_with_owners_of_their_own(shared: Done) -> None:
    del shared
    assert psql(DATABASES) == "litellm|litellm\nlitemaas|litemaas"
    assert psql("SELECT id FROM models ORDER BY id", "litemaas").splitlines()[0] == MODEL


def test_nothing_of_a_server_is_in_the_namespace(shared: Done) -> None:
    del shared
    assert not found("statefulset")["items"]
    assert not found("pvc")["items"]
    assert list(VOLUMES.iterdir()) == []


def test_the_administrators_password_is_nowhere_but_in_its_secret(shared: Done, stack: Stack) -> None:
    password = secret("postgresql-admin", "default")["password"]
    assert password not in shared.text
    assert password not in stack.export()
    assert all(password not in value for values in secrets().values() for value in values.values())


def test_a_second_up_and_a_refresh_change_nothing(shared: Done, stack: Stack) -> None:
    del shared
    stack.unchanged()


def test_without_its_authority_the_server_is_not_trusted(shared: Done, stack: Stack, tmp_path: Path) -> None:
    del shared
    authority = secret("postgresql-tls", "default")["ca.crt"]
    stack.unset("database.authority")
    try:
        stack.up().failed().says("certificate verify failed", "litemaas:database.authority")
    finally:
        stack.set_from_input("database.authority", authority)
        stack.mend()
    assert not list(tmp_path.iterdir())


def test_kept_inside_it_loses_no_row(people: People, stack: Stack) -> None:
    stack.set("exposure.kind", "internal")
    stack.up().succeeded()
    assert names("ingress") == set()
    assert people.lost() == set()


def test_the_stacks_end_is_not_the_datas(people: People, stack: Stack) -> None:
    kept = {name: values for name, values in secrets().items() if name.startswith("lite")}
    stack.destroy().succeeded()
    assert psql(DATABASES) == "litellm|litellm\nlitemaas|litemaas"
    stack.set("exposure.kind", "ingress")
    stack.up().succeeded()
    assert {name: secret(name) for name in kept} == kept
    assert people.lost() == set()
    assert people.holder.completes(MODEL) == ANSWER
    stack.unchanged()


def test_by_request_the_data_goes_with_the_stack(recipe: list[readme.Step], people: People) -> None:
    del people
    _typed(recipe[1])
    assert psql(DATABASES) == ""
    assert psql("SELECT rolname FROM pg_roles WHERE rolname LIKE 'lite%'") == ""
    assert f"namespace/{NAMESPACE}" not in names("namespaces")
