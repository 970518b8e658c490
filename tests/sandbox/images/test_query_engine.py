"""The engine as Prisma's Python client meets it: GraphQL over HTTP, against a real PostgreSQL."""

import json
import os
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import psycopg
import pytest

from sandbox.artifacts import ensure
from sandbox.images.litellm.query_engine import QUERY_ENGINE

from .conftest import free_port

SECONDS_TO_START = 20
BEYOND_DOUBLE = 2**53 + 1
SCHEMA = """
datasource client {
  provider = "postgresql"
  url      = env("DATABASE_URL")
}

generator client {
  provider      = "prisma-client-py"
  binaryTargets = ["native"]
}

model Team {
  id       String    @id
  metadata Json      @default("{}")
  limit    BigInt?
  spend    Float     @default(0.0)
  tags     String[]
  made     DateTime?
  members  Member[]
}

model Member {
  id   String @id
  team Team   @relation(fields: [team_id], references: [id])

  team_id String
}
"""
TABLES = """
create table "Team" (id text primary key, metadata jsonb not null default '{}', "limit" bigint,
  spend double precision not null default 0, tags text[], made timestamp(3));
create table "Member" (id text primary key, team_id text not null references "Team"(id));
"""


class Engine:
    """A running query engine."""

    def __init__(self, url: str) -> None:
        self.http = httpx.Client(base_url=url)

    def post(self, path: str, body: Any, transaction: str | None = None) -> Any:
        headers = {"X-transaction-id": transaction} if transaction else {}
        return self.http.post(path, json=body, headers=headers).json()

    def ask(self, query: str, transaction: str | None = None) -> Any:
        """The result of one query, which names it `result` as the Python client does."""
        answer = self.post("/", {"query": query}, transaction)
        assert "errors" not in answer, answer["errors"]
        return answer["data"]["result"]

    def refuse(self, query: str, transaction: str | None = None) -> str:
        """The code of the error that the query ends in."""
        [error] = self.post("/", {"query": query}, transaction)["errors"]
        return str(error["user_facing_error"]["error_code"])


@pytest.fixture
def engine(tmp_path: Path, database: str) -> Iterator[Engine]:
    with psycopg.connect(database) as connection:
        connection.execute(TABLES)
    schema = tmp_path / "schema.prisma"
    schema.write_text(SCHEMA)
    port = free_port()
    env = {"PATH": os.environ["PATH"], "PRISMA_DML_PATH": str(schema), "DATABASE_URL": database}
    program = ["node", str(ensure(QUERY_ENGINE) / "query-engine.js")]
    arguments = ["-p", str(port), "--enable-metrics", "--enable-raw-queries"]
    with subprocess.Popen([*program, *arguments], env=env) as process:
        engine = Engine(f"http://127.0.0.1:{port}")
        _wait(engine)
        yield engine
        engine.http.close()
        process.terminate()


def test_it_names_the_engine_that_it_is() -> None:
    program = ["node", str(ensure(QUERY_ENGINE) / "query-engine.js"), "--version"]
    printed = subprocess.run(program, capture_output=True, text=True, check=True).stdout
    assert printed == "query-engine 393aa359c9ad4a4bb28630fb5613f9c281cde053\n"


def test_a_record_is_made_and_found(engine: Engine) -> None:
    made = engine.ask(_create("t1", tags='["a","b"]', made='"2026-01-02T03:04:05.678Z"'))
    found = engine.ask('query { result: findUniqueTeam(where: {id: "t1"}) { id tags made spend limit } }')
    assert made == {"id": "t1"}
    assert found == {
        "id": "t1",
        "tags": ["a", "b"],
        "made": "2026-01-02T03:04:05.678Z",
        "spend": 0,
        "limit": None,
    }


def test_a_missing_record_is_null(engine: Engine) -> None:
    assert engine.ask('query { result: findUniqueTeam(where: {id: "t1"}) { id } }') is None


def test_json_is_text_both_ways(engine: Engine) -> None:
    text = json.dumps({"a": {"b": [1, None, 'q"']}})
    engine.ask(_create("t1", metadata=json.dumps(text)))
    found = engine.ask("query { result: findFirstTeam { metadata } }")
    assert json.loads(found["metadata"]) == json.loads(text)


def test_json_is_found_by_what_it_holds(engine: Engine) -> None:
    engine.ask(_create("t1", metadata=json.dumps('{"a": "x"}')))
    engine.ask(_create("t2", metadata=json.dumps('{"a": "y"}')))
    where = 'where: {metadata: {path: ["a"], equals: "\\"y\\""}}'
    assert engine.ask(f"query {{ result: findManyTeam({where}) {{ id }} }}") == [{"id": "t2"}]


def test_numbers_beyond_a_double_stay_exact(engine: Engine) -> None:
    engine.ask(_create("t1", limit=str(BEYOND_DOUBLE)))
    found = engine.ask("query { result: findFirstTeam { limit } }")
    assert int(found["limit"]) == BEYOND_DOUBLE
    assert (
        engine.ask(f"query {{ result: findManyTeam(where: {{limit: {BEYOND_DOUBLE - 2}}}) {{ id }} }}") == []
    )


def test_relations_are_made_and_selected(engine: Engine) -> None:
    engine.ask(_create("t1", members='{create: [{id: "m1"}, {id: "m2"}]}'))
    query = 'query { result: findFirstTeam { members(where: {id: {not: "m1"}}) { id team { id } } } }'
    assert engine.ask(query) == {"members": [{"id": "m2", "team": {"id": "t1"}}]}


def test_records_are_counted_grouped_and_updated(engine: Engine) -> None:
    for name in ("t1", "t2"):
        engine.ask(_create(name, spend="1.5"))
    update = "mutation { result: updateManyTeam(where: {}, data: {spend: {increment: 1}}) { count } }"
    assert engine.ask(update) == {"count": 2}
    assert engine.ask("query { result: aggregateTeam { _sum { spend } } }") == {"_sum": {"spend": 5}}
    assert engine.ask("mutation { result: deleteManyTeam { count } }") == {"count": 2}


def test_errors_keep_the_code_that_the_client_tells_them_by(engine: Engine) -> None:
    engine.ask(_create("t1"))
    assert engine.refuse(_create("t1")) == "P2002"
    assert (
        engine.refuse('mutation { result: createOneMember(data: {id: "m", team_id: "no"}) { id } }')
        == "P2003"
    )
    assert engine.refuse('query { result: findFirstTeam(where: {nonesuch: "x"}) { id } }') == "P2009"
    assert engine.refuse("query { result: explodeTeam { id } }") == "P2010"


def test_raw_rows_have_each_value_with_its_type(engine: Engine) -> None:
    sql = "select 1 as i, 2::bigint as b, null as n, array[1] as a, '[7]'::json as j, 'v'::name as v"
    query = f'mutation {{ result: queryRaw(query: "{sql}", parameters: "[]") }}'
    assert engine.ask(query) == [
        {
            "i": {"prisma__type": "int", "prisma__value": 1},
            "b": {"prisma__type": "bigint", "prisma__value": "2"},
            "n": {"prisma__type": "null", "prisma__value": None},
            "a": {"prisma__type": "array", "prisma__value": [{"prisma__type": "int", "prisma__value": 1}]},
            "j": {"prisma__type": "json", "prisma__value": [7]},
            "v": {"prisma__type": "string", "prisma__value": "v"},
        }
    ]


def test_a_raw_command_tells_how_many_rows_it_changed(engine: Engine) -> None:
    engine.ask(_create("t1"))
    sql = 'update \\"Team\\" set spend = $1'
    assert engine.ask(f'mutation {{ result: executeRaw(query: "{sql}", parameters: "[2.5]") }}') == 1


def test_a_batch_is_all_or_nothing(engine: Engine) -> None:
    queries = [{"query": _create("t1")}, {"query": _create("t1")}]
    answer = engine.post("/", {"batch": queries, "transaction": True})
    assert answer["errors"][0]["user_facing_error"]["error_code"] == "P2002"
    assert engine.ask("query { result: findManyTeam { id } }") == []
    answer = engine.post(
        "/", {"batch": [{"query": _create("t1")}, {"query": _create("t2")}], "transaction": True}
    )
    assert answer["batchResult"] == [{"data": {"result": {"id": "t1"}}}, {"data": {"result": {"id": "t2"}}}]


@pytest.mark.parametrize(("end", "kept"), [("commit", [{"id": "t1"}]), ("rollback", [])])
def test_a_transaction_is_kept_or_undone(engine: Engine, end: str, kept: list[dict[str, str]]) -> None:
    transaction = engine.post("/transaction/start", {"max_wait": 2000, "timeout": 5000})["id"]
    engine.ask(_create("t1"), transaction)
    assert engine.ask("query { result: findManyTeam { id } }") == []
    assert engine.post(f"/transaction/{transaction}/{end}", {}) == {}
    assert engine.ask("query { result: findManyTeam { id } }") == kept


def test_a_transaction_that_ended_is_refused_and_the_engine_goes_on(engine: Engine) -> None:
    assert engine.refuse(_create("t1"), "nonesuch") == "P2028"
    assert engine.post("/transaction/nonesuch/commit", {})["errors"]
    assert engine.ask(_create("t1")) == {"id": "t1"}


def _create(name: str, **fields: str) -> str:
    data = ", ".join([f'id: "{name}"', *(f"{field}: {value}" for field, value in fields.items())])
    return f"mutation {{ result: createOneTeam(data: {{{data}}}) {{ id }} }}"


def _wait(engine: Engine) -> None:
    deadline = time.monotonic() + SECONDS_TO_START
    while True:
        try:
            engine.http.get("/status")
        except httpx.ConnectError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.05)
        else:
            return
