"""A login survives its Secret and its URL, whatever the password."""

from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from litemaas_infra.specs.connection import Login, Server, Sslmode

NAMES = st.from_regex(r"[a-z_][-a-z0-9_]{0,62}", fullmatch=True)
HOSTS = st.from_regex(r"[a-z0-9]([-a-z0-9.]{0,40}[a-z0-9])?", fullmatch=True)
MODES = st.sampled_from(["verify-full", "require", "disable"])
SERVERS = st.builds(Server, HOSTS, st.integers(1, 65535), MODES, st.none() | st.just("-----BEGIN"))
LOGINS = st.builds(Login, SERVERS, NAMES, NAMES)
PASSWORDS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1)


@given(LOGINS)
def test_its_secret_gives_it_back(login: Login) -> None:
    assert Login.of(login.secret()) == login


@given(SERVERS)
def test_a_resources_property_gives_a_server_back_whose_numbers_pulumi_made_floats(server: Server) -> None:
    assert Server.of({**server.props, "port": float(server.port)}) == server


@given(LOGINS, PASSWORDS)
def test_its_url_means_what_it_is_made_of(login: Login, password: str) -> None:
    url = urlsplit(login.for_prisma(password, None))
    assert (url.scheme, url.hostname, url.port) == ("postgresql", login.server.host, login.server.port)
    assert unquote(url.username or "") == login.user
    assert unquote(url.password or "") == password
    assert unquote(url.path.removeprefix("/")) == login.database


@pytest.mark.parametrize(
    ("sslmode", "file", "parameters"),
    [
        ("disable", None, {"sslmode": ["disable"]}),
        ("require", None, {"sslmode": ["require"], "sslaccept": ["accept_invalid_certs"]}),
        ("verify-full", None, {"sslmode": ["require"], "sslaccept": ["strict"]}),
        (
            "verify-full",
            "/etc/ca.crt",
            {"sslmode": ["require"], "sslaccept": ["strict"], "sslcert": ["/etc/ca.crt"]},
        ),
    ],
)
def test_prisma_is_told_in_its_own_words_how_to_check(
    sslmode: Sslmode, file: str | None, parameters: dict[str, list[str]]
) -> None:
    login = Login(Server("db.example.com", 5432, sslmode), "litellm", "litellm")
    assert parse_qs(urlsplit(login.for_prisma("secret", file)).query) == parameters


@pytest.mark.parametrize(
    ("sslmode", "file", "parameters"),
    [
        ("disable", None, {"sslmode": ["disable"]}),
        ("require", None, {"sslmode": ["no-verify"]}),
        ("verify-full", None, {"sslmode": ["verify-full"]}),
        ("require", "/etc/ca.crt", {"sslmode": ["verify-full"], "sslrootcert": ["/etc/ca.crt"]}),
    ],
)
def test_and_so_is_node(sslmode: Sslmode, file: str | None, parameters: dict[str, list[str]]) -> None:
    login = Login(Server("db.example.com", 5432, sslmode), "litellm", "litellm")
    assert parse_qs(urlsplit(login.for_node("secret", file)).query) == parameters


@pytest.mark.parametrize("missing", ["host", "port", "sslmode", "username", "database"])
def test_a_secret_that_lacks_something_is_no_login(missing: str) -> None:
    kept = Login(Server("db"), "litellm", "litellm").secret()
    del kept[missing]
    with pytest.raises(KeyError):
        Login.of(kept)


@pytest.mark.parametrize(
    ("sslmode", "file", "parameters"),
    [
        ("disable", None, {"sslmode": ["disable"]}),
        ("require", None, {"sslmode": ["require"]}),
        (
            "verify-full",
            None,
            {"sslmode": ["verify-full"], "sslrootcert": ["/etc/ssl/certs/ca-certificates.crt"]},
        ),
        ("require", "/etc/ca.crt", {"sslmode": ["verify-full"], "sslrootcert": ["/etc/ca.crt"]}),
    ],
)
def test_and_so_is_libpq(sslmode: Sslmode, file: str | None, parameters: dict[str, list[str]]) -> None:
    login = Login(Server("db.example.com", 5432, sslmode), "open_webui", "open_webui")
    assert parse_qs(urlsplit(login.for_libpq("secret", file)).query) == parameters
