#!/bin/sh
# Renews the hashed locks from the .in files. Locks name no index, so they work with any mirror.
set -eu
cd "$(dirname "$0")/../requirements"
flags="--python-version 3.11 --universal --generate-hashes --no-emit-index-url --no-emit-find-links --no-header -q"
uv pip compile $flags run.in -o run.txt "$@"
uv pip compile $flags -c run.txt dev.in -o dev.txt "$@"
