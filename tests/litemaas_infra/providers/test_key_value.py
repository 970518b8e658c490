"""A key's value is made once, kept, and made anew for another rotation alone."""

from typing import Any

import pytest

from litemaas_infra.providers.key_value import KeyValueProvider
from litemaas_infra.specs.virtual_key import token
from tests.litemaas_infra.support.kubernetes import FakeKubernetes, secret

PROPS: dict[str, Any] = {
    "site": {"namespace": "litemaas"},
    "secret": "litellm-key-anna",
    "key": "api_key",
    "prefix": "sk-",
    "opens_data": False,
    "rotation": None,
}
PROVIDER = KeyValueProvider()

pytestmark = pytest.mark.usefixtures("config")


def _made() -> dict[str, Any]:
    return PROVIDER.create(PROPS).outs or {}


def _updated(olds: dict[str, Any], **news: Any) -> dict[str, Any]:
    return PROVIDER.update("id", olds, {**PROPS, **news}).outs or {}


def test_it_is_told_what_the_gateway_knows_it_by() -> None:
    made = _made()
    assert made["value"].startswith("sk-")
    assert (made["token"], made["before"]) == (token(made["value"]), [])


def test_one_that_the_cluster_has_is_taken_over(api: FakeKubernetes) -> None:
    api.put("secrets/litellm-key-anna", secret(api_key="sk-of-before"))
    assert _made()["value"] == "sk-of-before"


def test_another_rotation_makes_another_value_and_remembers_the_one_before() -> None:
    first = _made()
    second = _updated(first, rotation="2")
    third = _updated(second, rotation=None)
    assert len({first["value"], second["value"], third["value"]}) == 3
    assert second["before"] == [first["token"]]
    assert third["before"] == [first["token"], second["token"]]
    assert third["token"] == token(third["value"])


def test_what_else_changes_leaves_it_as_it_is() -> None:
    rotated = _updated(_made(), rotation="2")
    kept = _updated(rotated, rotation="2", site={"namespace": "litemaas", "context": "other"})
    assert {name: kept[name] for name in ("value", "token", "before")} == {
        name: rotated[name] for name in ("value", "token", "before")
    }


@pytest.mark.parametrize(("news", "changed"), [({}, False), ({"rotation": "2"}, True)])
def test_another_rotation_alone_is_a_change(news: dict[str, Any], changed: bool) -> None:
    assert PROVIDER.diff("id", _made(), {**PROPS, **news}).changes is changed


def test_one_that_is_given_is_taken_and_another_takes_its_place_until_none_is_given() -> None:
    taken = PROVIDER.create({**PROPS, "given": "sk-of-the-admin-ui"}).outs or {}
    assert (taken["value"], taken["before"]) == ("sk-of-the-admin-ui", [])
    other = _updated(taken, given="sk-of-another-one")
    assert (other["value"], other["before"]) == ("sk-of-another-one", [taken["token"]])
    assert _updated(other, given=None)["value"] == "sk-of-another-one"
    assert _updated(other, given="sk-of-another-one", rotation="2")["value"] != "sk-of-another-one"
