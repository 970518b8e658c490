"""The floor: nothing but the requests that LiteLLM needs, and one statement for all rows."""

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from time import monotonic
from typing import Any, Final

import httpx
from psycopg import sql
from psycopg.types.json import Jsonb

from benchmarks.deployment import Deployment
from benchmarks.models import CHANGED_RPM, Fields, models
from benchmarks.ways.way import Told, Way
from litemaas_infra import names
from litemaas_infra.clients.postgres import connected

_COLUMNS: Final = (
    "id", "name", "provider", "description", "category", "context_length", "availability", "api_base",
    "rpm", "tpm", "litellm_model_id", "backend_model_name",
)  # fmt: skip
_SAVE: Final = sql.SQL(
    "INSERT INTO models ({columns}) SELECT {columns} FROM jsonb_populate_recordset(NULL::models, %s) "
    "ON CONFLICT (id) DO UPDATE SET {changes}"
).format(
    columns=sql.SQL(", ").join(map(sql.Identifier, _COLUMNS)),
    changes=sql.SQL(", ").join(sql.SQL("{0} = EXCLUDED.{0}").format(sql.Identifier(c)) for c in _COLUMNS),
)


class Floor(Way):
    """A bare httpx client, `concurrency` requests at a time, and a connection straight to PostgreSQL."""

    def __init__(self, deployment: Deployment, concurrency: int) -> None:
        self._deployment = deployment
        self._concurrency = concurrency

    def run(self, operation: str, count: int) -> Told:
        """One write for each model, or one listing for all of them."""
        if operation == "register":
            written = self._write(models(count), _register)
            self._save(models(count))
        elif operation == "change":
            written = self._write(models(count, CHANGED_RPM), _change)
            self._save(models(count, CHANGED_RPM))
        elif operation == "destroy":
            written = self._write(models(count), _delete)
            self._sql("DELETE FROM models WHERE id = ANY(%s)", [m["model_name"] for m in models(count)])
        else:
            written = []
            self._look(count)
        return Told(written=written)

    def _write(
        self, wanted: Iterable[Fields], write: Callable[[httpx.Client, Fields], httpx.Response]
    ) -> list[float]:
        began = monotonic()

        def one(model: Fields) -> float:
            write(http, model).raise_for_status()
            return monotonic() - began

        with self._deployment.gateway() as http, ThreadPoolExecutor(self._concurrency) as pool:
            return sorted(pool.map(one, wanted))

    def _save(self, wanted: list[Fields]) -> None:
        self._sql(_SAVE, Jsonb([_row(model) for model in wanted]))

    def _look(self, count: int) -> None:
        with self._deployment.gateway() as http:
            found = len(self._deployment.listed(http))
        rows = self._sql("SELECT * FROM models")
        if (found, rows) != (count, count):
            raise RuntimeError(f"{found} models and {rows} rows, not {count}")

    def _sql(self, statement: Any, *values: Any) -> int:
        with connected(self._deployment.rows) as connection:
            return connection.execute(statement, values).rowcount


def _register(http: httpx.Client, model: Fields) -> httpx.Response:
    return http.post("/model/new", json={**_deployment(model), "model_name": model["model_name"]})


def _change(http: httpx.Client, model: Fields) -> httpx.Response:
    body = {"litellm_params": {"rpm": model["rpm"]}, "model_info": {"id": _id(model)}}
    return http.patch(f"/model/{_id(model)}/update", json=body)


def _delete(http: httpx.Client, model: Fields) -> httpx.Response:
    return http.post("/model/delete", json={"id": _id(model)})


def _deployment(model: Fields) -> Fields:
    params = {name: model[name] for name in ("api_base", "api_key", "rpm", "tpm")}
    info = {"id": _id(model), "max_tokens": model["context_length"]}
    return {"litellm_params": {"model": model["litellm_model"], **params}, "model_info": info}


def _row(model: Fields) -> Fields:
    same = ("description", "context_length", "api_base", "rpm", "tpm")
    return {
        **{column: model[column] for column in same},
        "id": model["model_name"],
        "name": model["display_name"],
        "provider": "openshift-ai",
        "category": "general",
        "availability": "available",
        "litellm_model_id": _id(model),
        "backend_model_name": model["litellm_model"].partition("/")[2],
    }


def _id(model: Fields) -> str:
    return names.model_id(model["model_name"])
