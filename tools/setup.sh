#!/usr/bin/env bash
# Makes .venv from a hashed lock (uv when present, pip otherwise) and builds what the pages need.
# Usage: tools/setup.sh run|dev
set -euo pipefail
cd "$(dirname "$0")/.."
say() { printf '%s\n' "$*" >&2; }
python=${PYTHON:-python3.11}
command -v "$python" >/dev/null 2>&1 || python=python3
if ! "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
  say "Cần Python 3.11 trở lên. / Python 3.11 or newer is needed: make setup PYTHON=/path/to/python3.11"
  exit 1
fi
if ! mkdir -p .venv 2>/dev/null || ! [ -w .venv ]; then
  say "Không ghi được vào thư mục này. / This folder is read-only: copy the project to one you may write to."
  exit 1
fi
if command -v uv >/dev/null 2>&1; then
  [ -x .venv/bin/python ] || uv venv -q --clear --python "$python" .venv
  uv pip install -q --python .venv/bin/python --require-hashes --compile-bytecode -r "requirements/$1.txt"
else
  [ -x .venv/bin/python ] || "$python" -m venv .venv
  .venv/bin/python -m pip install -q --disable-pip-version-check --require-hashes -r "requirements/$1.txt"
fi
site=$(.venv/bin/python -c 'import sysconfig; print(sysconfig.get_path("purelib"))')
printf '%s\n' "$PWD/src" > "$site/ocop.pth"
cat > .venv/bin/ocop <<SCRIPT
#!$PWD/.venv/bin/python
import sys
from ocop.__main__ import main
sys.exit(main())
SCRIPT
chmod +x .venv/bin/ocop
.venv/bin/python -m compileall -q src || true
.venv/bin/python tools/build_static.py
.venv/bin/python tools/catalogue.py compile
touch ".venv/.$1"
