#!/usr/bin/env bash
# Everything that must hold, cheapest first; stops at the first failure.
#   tools/test.sh        what a change is likely to break
#   tools/test.sh whole  the rest: tables gone through cell by cell, the faces on PostgreSQL as well,
#                        the long ways through a browser
set -euo pipefail
cd "$(dirname "$0")/.."
bin=.venv/bin
# The rooms ask the database; the faces ask the rooms.
faces=(api architecture commands demonstration permissions web)
tools/chromium.sh > /dev/null & browser=$!  # an installation takes a while
export OCOP_FILLED=$(mktemp -d)  # so does a province; what comes first leaves a core to it
trap 'kill "$province" 2> /dev/null || true; rm -rf "$OCOP_FILLED"' EXIT
step() { printf '\n== %s (after %d s)\n' "$*" "$SECONDS"; }
on_postgres() { $bin/python tools/postgres.py $bin/pytest -q -n 2 "$@"; }
in_browser() { wait "$browser"; wait "$province"; $bin/pytest -q -n 2 -m "$1" tests/e2e; }
$bin/python tools/catalogue.py compile
$bin/python -m tests.e2e.filling "$OCOP_FILLED" > /dev/null & province=$!
if [ "${1:-}" = whole ]; then
  step "at length, SQLite";          $bin/pytest -q -n 2 -m "whole and not (e2e or postgres)"
  step "at length, PostgreSQL";      on_postgres -m "whole and (django_db or postgres) and not e2e" "${faces[@]/#/--ignore=tests/}" tests
  step "the faces, PostgreSQL";      on_postgres -m "(django_db or postgres) and not (e2e or whole)" "${faces[@]/#/tests/}"
  step "the long ways, browser";     in_browser "e2e and whole"
else
  step "style";             $bin/ruff check src tests tools; $bin/ruff format --check -q src tests tools
  step "import contracts";  $bin/lint-imports
  step "types";             $bin/mypy src
  step "migrations";        $bin/python -m django makemigrations --check --dry-run --settings ocop.settings
  step "tests, SQLite";     $bin/pytest -q -n 2 -m "not (e2e or postgres or whole)"
  step "rooms, PostgreSQL"; on_postgres -m "(django_db or postgres) and not (e2e or whole)" "${faces[@]/#/--ignore=tests/}" tests
  step "browser";           in_browser "e2e and not whole"
fi
printf '\nAll of it holds, after %d s.\n' "$SECONDS"
