# One command for each thing; `make help` lists them.
PYTHON ?= python3
FLAVOUR ?= aws
BIN := .venv/bin

.PHONY: help up down check lint unit live end-to-end test

help: ## show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

up: .venv ## start the sandbox and deploy the gateway with two models (FLAVOUR=aws, cnv or plain)
	sandbox/sandbox up --flavour $(FLAVOUR)
	sandbox/sandbox run sandbox/quickstart $(FLAVOUR)

down: .venv ## end the sandbox, with everything in it
	sandbox/sandbox down

check: lint unit ## lint, types, layers, unit tests: a minute, no sandbox

test: .venv ## every test: the real thing, in sandboxes that the tests start and end
	@# All is built beside the tests that need none of it; should that fail, `up` builds it again and says why.
	@nice -n 19 sandbox/sandbox build >/dev/null 2>&1 & ahead=$$!; \
	trap 'kill $$ahead 2>/dev/null || :' EXIT; \
	$(MAKE) --no-print-directory lint && tests/lanes

lint: .venv
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo

unit: .venv
	$(BIN)/pytest tests/litemaas_infra tests/sandbox tests/benchmarks tests/test_*.py

# Providers and clients against real LiteLLM and PostgreSQL, from inside a sandbox's network.
live: .venv
	tests/live/run

end-to-end: .venv
	$(BIN)/pytest tests/end_to_end

.venv: requirements-dev.txt
	$(PYTHON) -m venv --clear .venv
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch .venv
