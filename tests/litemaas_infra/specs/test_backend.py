"""What can be said of the backend, and what is refused."""

from typing import Any

import pytest
from pydantic import ValidationError

from litemaas_infra.specs.backend import Backend

OIDC = {
    "kind": "own",
    "login": "oidc",
    "issuer": "https://a.example.com",
    "clientId": "b",
    "clientSecret": "c",
}


def _refused(**values: Any) -> list[str]:
    with pytest.raises(ValidationError) as caught:
        Backend.model_validate(values)
    return [f"{'.'.join(map(str, error['loc']))}: {error['msg']}" for error in caught.value.errors()]


def test_it_is_off_unless_it_is_wished() -> None:
    assert not Backend().enabled
    assert not Backend(kind="other").enabled
    assert Backend(kind="own").at_openshift


def test_another_login_than_openshifts_needs_its_server_and_its_client() -> None:
    told = _refused(kind="own", login="oidc")
    assert [line.partition(":")[0] for line in told] == ["issuer", "client_id", "client_secret"]
    assert all("is not set, and a login at another server" in line for line in told)
    assert not Backend.model_validate(OIDC).at_openshift
    Backend.model_validate({**OIDC, "kind": "none", "clientSecret": ""})


def test_a_version_that_knows_no_other_login_is_refused_with_it() -> None:
    (told,) = _refused(**{**OIDC, "version": "0.3.1"})
    assert told.startswith("login: Value error, is oidc, which LiteMaaS 0.3.1 does not know")


@pytest.mark.parametrize("name", ["JWT_SECRET", "REDIS_PASSWORD", "SOME_API_KEY"])
def test_a_secret_is_no_plain_variable(name: str) -> None:
    (told,) = _refused(variables={name: "hidden"})
    assert f"holds {name}, whose value is a secret" in told
    assert "hidden" not in told


def test_a_variable_has_a_variables_name() -> None:
    (told,) = _refused(variables={"max-budget": "1"})
    assert "holds a name that no variable has" in told


def test_a_users_name_holds_no_comma_which_parts_them() -> None:
    (told,) = _refused(admins=["alice,bob"])
    assert "is not one user's name" in told
