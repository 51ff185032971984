# Two commands: `make run` and `make test`. Everything else serves them.
SHELL := /bin/bash
.ONESHELL:
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help

PYTHON ?= python3.11
VENV := .venv
BIN := $(VENV)/bin
export OCOP_DATA_DIR ?= var
export PYTHONDONTWRITEBYTECODE :=

.PHONY: help setup run test test-whole lint types unit unit-postgres e2e bench screenshots lock messages clean

help: ## these lines
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /  make \1\t/'

setup: $(VENV)/.run ## the environment, static files and catalogues
	@$(BIN)/python tools/build_static.py
	$(BIN)/python tools/catalogue.py compile

$(VENV)/.run: requirements/run.txt requirements/faces.txt pyproject.toml
	@tools/setup.sh run

$(VENV)/.dev: $(VENV)/.run requirements/dev.txt
	@tools/setup.sh dev

run: setup ## serve the demonstration province on http://localhost:8000
	@$(BIN)/python tools/build_static.py
	$(BIN)/python tools/catalogue.py compile
	$(BIN)/python -m ocop demo --quiet
	exec $(BIN)/python -m ocop serve

test: $(VENV)/.dev ## what a change is likely to break
	@tools/test.sh

test-whole: $(VENV)/.dev ## the rest: cell by cell, every face on PostgreSQL, long ways in a browser
	@tools/test.sh whole

lint: $(VENV)/.dev ## style, imports, templates
	$(BIN)/ruff check src tests tools
	$(BIN)/ruff format --check src tests tools
	$(BIN)/lint-imports

types: $(VENV)/.dev ## static types
	$(BIN)/mypy src

unit: $(VENV)/.dev ## unit and property tests on SQLite
	$(BIN)/pytest -n 2 -m "not e2e and not postgres"

unit-postgres: $(VENV)/.dev ## those that need a database, on PostgreSQL
	$(BIN)/python tools/postgres.py $(BIN)/pytest -n 2 -m "(django_db or postgres) and not e2e"

e2e: $(VENV)/.dev ## in a browser
	tools/chromium.sh
	$(BIN)/pytest -n 2 -m e2e tests/e2e

bench: $(VENV)/.dev ## every figure we claim, measured now
	$(BIN)/python tools/bench.py

screenshots: $(VENV)/.dev ## pictures of the pages into docs/screens
	tools/chromium.sh
	$(BIN)/python tools/screenshots.py

messages: $(VENV)/.dev ## bring the English catalogue up to date with the sources
	$(BIN)/python tools/catalogue.py update

lock: ## renew the locks (needs uv)
	tools/lock.sh --upgrade

clean: ## forget the environment and the demonstration
	rm -rf $(VENV) var
