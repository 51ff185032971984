#!/usr/bin/env bash
# Everything that must hold, cheapest first; stops at the first failure.
set -euo pipefail
cd "$(dirname "$0")/.."
bin=.venv/bin
$bin/python tools/catalogue.py compile
step() { printf '\n== %s\n' "$*"; }
step "style";            $bin/ruff check src tests tools; $bin/ruff format --check -q src tests tools
step "import contracts"; $bin/lint-imports
step "types";            $bin/mypy src
step "migrations";       $bin/python -m django makemigrations --check --dry-run --settings ocop.settings
step "tests, SQLite";    $bin/pytest -q -n 2 -m "not e2e and not postgres"
# The same again, as far as a database has a part in it.
step "tests, PostgreSQL"; $bin/python tools/postgres.py $bin/pytest -q -n 2 -m "(django_db or postgres) and not (e2e or once)"
step "browser";          tools/chromium.sh; $bin/pytest -q -n 2 --dist loadfile -m e2e tests/e2e
