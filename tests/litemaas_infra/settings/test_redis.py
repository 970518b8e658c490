"""Redis is named in the settings or in a config.yaml, not in both."""

from typing import Any

import pytest

from litemaas_infra.errors import SettingsError
from litemaas_infra.settings.config_file import shared
from litemaas_infra.settings.load import parse
from tests.litemaas_infra.support.config_files import read_text

OWN = {"redis": {"kind": "own"}}
ELSEWHERE = [
    "litellm_settings: {cache: true, cache_params: {host: redis.example.com}}",
    "litellm_settings: {cache: true, cache_params: {ssl_ca_certs: /a}}",
    "litellm_settings: {cache: true, cache_params: {type: s3}}",
    "router_settings: {redis_host: redis.example.com}",
    "general_settings: {coordination_redis: {host: redis.example.com}}",
    "environment_variables: {REDIS_HOST: redis.example.com}",
]


def _mistakes(text: str, **settings: Any) -> list[str]:
    try:
        parse(settings, config=read_text(text))
    except SettingsError as error:
        return str(error).split("\n  ")[1:]
    return []


@pytest.mark.parametrize("line", ELSEWHERE)
def test_another_in_the_file_is_refused_beside_one_of_the_settings(line: str) -> None:
    (told,) = _mistakes(line, **OWN)
    assert told.startswith("config.yaml:1: ")
    assert "says which Redis the gateway takes, and so does litemaas:redis; remove the line" in told
    assert told.endswith("or pulumi config set --path litemaas:redis.kind none")
    assert _mistakes(line) == []


def test_so_is_a_variable_of_the_pod() -> None:
    keys = {"apiKeys": {"REDIS_HOST": "redis.example.com"}}
    (told,) = _mistakes("router_settings: {num_retries: 1}", **OWN, **keys)
    assert told.startswith("litemaas:apiKeys.REDIS_HOST: says which Redis the gateway takes")
    assert told.endswith("pulumi config rm --path 'litemaas:apiKeys.REDIS_HOST'")
    assert _mistakes("router_settings: {num_retries: 1}", **keys) == []


@pytest.mark.parametrize(
    "line",
    [
        "litellm_settings: {cache: true, cache_params: {type: redis, ttl: 60, namespace: a}}",
        "router_settings: {routing_strategy: usage-based-routing-v2}",
    ],
)
def test_what_is_done_with_it_is_the_files_own(line: str) -> None:
    assert _mistakes(line, **OWN) == []


def test_parameters_of_a_cache_that_is_off_stay_without_effect() -> None:
    text = shared("litellm_settings: {cache: false, cache_params: {mode: default_on}}")
    assert "default_on" not in text
    assert "mode: default_off" in text
