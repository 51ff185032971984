#!/usr/bin/env bash
# Makes .venv from a hashed lock (uv when present, pip otherwise) and builds what the pages need.
# Usage: tools/setup.sh run|dev
set -euo pipefail
cd "$(dirname "$0")/.."
lock=requirements/$1.txt
faces=requirements/faces.txt
say() { printf '%s\n' "$*" >&2; }
stop() { say "$*"; exit 1; }
recent() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; }

python=${PYTHON:-python3.11}
command -v "$python" >/dev/null 2>&1 || python=python3
recent "$python" ||
  stop "Cần Python 3.11 trở lên. / Python 3.11 or newer is needed: make setup PYTHON=/path/to/python3.11"
{ mkdir -p .venv && [ -w .venv ]; } 2>/dev/null ||
  stop "Không ghi được vào thư mục này. / This folder is read-only: copy the project to one you may write to."
recent .venv/bin/python || rm -rf .venv

with_uv() {
  command -v uv >/dev/null 2>&1 || return 1
  [ -x .venv/bin/python ] || uv venv -q --python "$python" .venv || return 1
  uv pip install -q --python .venv/bin/python --require-hashes --compile-bytecode -r "$lock" &&
    uv pip install -q --python .venv/bin/python --require-hashes --no-deps -r "$faces"
}

with_pip() {
  .venv/bin/python -m pip --version >/dev/null 2>&1 || "$python" -m venv --clear .venv >/dev/null ||
    stop "Thiếu mô-đun venv của Python. / Python's venv module is missing: apt install python3.11-venv"
  .venv/bin/python -m pip install -q --disable-pip-version-check --require-hashes -r "$lock" &&
    .venv/bin/python -m pip install -q --disable-pip-version-check --require-hashes --no-deps -r "$faces"
}

say "Đang cài các gói của $lock… / Installing the packages of $lock…"
# uv and pip are configured apart: where uv finds no index, pip may.
with_uv || with_pip ||
  stop "Không cài được các gói. / Packages could not be installed: check the network and the package index."

site=$(.venv/bin/python -c 'import sysconfig; print(sysconfig.get_path("purelib"))')
printf '%s\n' "$PWD/src" > "$site/ocop.pth"
printf '#!/bin/sh\nexec "%s/.venv/bin/python" -m ocop "$@"\n' "$PWD" > .venv/bin/ocop
chmod +x .venv/bin/ocop
.venv/bin/python -m compileall -q src || true
.venv/bin/python tools/build_static.py
.venv/bin/python tools/catalogue.py compile
touch ".venv/.$1"
