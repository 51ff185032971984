#!/usr/bin/env bash
# Makes sure a Chromium is there for the browser tests; installs it when this is root on Debian.
set -euo pipefail
for name in chromium chromium-browser google-chrome; do
  command -v "$name" >/dev/null 2>&1 && exit 0
done
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
  apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium >/dev/null && exit 0
fi
echo "Chromium is needed for the browser tests: install the package 'chromium'." >&2
exit 1
