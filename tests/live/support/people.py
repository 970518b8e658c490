"""What people do past Pulumi: in LiteLLM's admin API, in the database, with kubectl."""

import json
import subprocess
import time
from typing import Any

import httpx
import psycopg
from psycopg.rows import DictRow, dict_row


class GatewayAdmin:
    """LiteLLM's admin API under the master key."""

    def __init__(self, http: httpx.Client) -> None:
        self.http = http

    def models(self) -> list[dict[str, Any]]:
        response = self.http.get("/model/info")
        if response.status_code == httpx.codes.INTERNAL_SERVER_ERROR and "not loaded" in response.text:
            return []
        found: list[dict[str, Any]] = response.raise_for_status().json()["data"]
        return found

    def named(self, model_name: str) -> list[dict[str, Any]]:
        return [model for model in self.models() if model["model_name"] == model_name]

    def make(self, model_name: str, model_id: str, **params: Any) -> None:
        body = {"model_name": model_name, "litellm_params": params, "model_info": {"id": model_id}}
        self.http.post("/model/new", json=body).raise_for_status()

    def change(self, model_id: str, **body: Any) -> None:
        body["model_info"] = {**body.get("model_info", {}), "id": model_id}
        self.http.patch(f"/model/{model_id}/update", json=body).raise_for_status()

    def delete(self, model_id: str) -> None:
        response = self.http.post("/model/delete", json={"id": model_id})
        if "not found" not in response.text:
            response.raise_for_status()

    def complete(self, model_name: str) -> httpx.Response:
        """A chat completion of the shortest kind.

        LiteLLM rests a deployment for five seconds after the endpoint refused its key; that is waited for.
        """
        messages = [{"role": "user", "content": "Hello"}]
        body = {"model": model_name, "messages": messages, "max_tokens": 5}
        deadline = time.monotonic() + 15
        while True:
            answer = self.http.post("/v1/chat/completions", json=body)
            if "cooldown" not in answer.text or time.monotonic() > deadline:
                return answer
            time.sleep(0.5)


class DatabaseAdmin:
    """The backend's database, as its owner; every statement is its own transaction."""

    def __init__(self, connection: psycopg.Connection[DictRow]) -> None:
        self.connection = connection

    @classmethod
    def login(cls, host: str, user: str, password: str, database: str) -> "DatabaseAdmin":
        connection = psycopg.connect(
            host=host, user=user, password=password, dbname=database, autocommit=True, row_factory=dict_row
        )
        return cls(connection)

    def ask(self, query: Any, *values: Any) -> list[DictRow]:
        return self.connection.execute(query, values).fetchall()

    def do(self, statement: Any, *values: Any) -> int:
        """Run the statement; gives the number of rows it concerned."""
        return self.connection.execute(statement, values).rowcount

    def row(self, model_name: str) -> DictRow | None:
        try:
            found = self.ask("SELECT * FROM models WHERE id = %s", model_name)
        except psycopg.errors.UndefinedTable:  # no model was ever registered
            return None
        return found[0] if found else None


def kubectl(*arguments: str, namespace: str = "litemaas", given: Any = None) -> str:
    """What kubectl prints; `given` is an object to write to its standard input."""
    done = subprocess.run(
        ["kubectl", "-n", namespace, *arguments],
        input=None if given is None else json.dumps(given),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, f"kubectl {' '.join(arguments)}: {done.stderr}"
    return done.stdout


def kubectl_json(*arguments: str, namespace: str = "litemaas") -> Any:
    return json.loads(kubectl(*arguments, "-o", "json", namespace=namespace))
