#!/usr/bin/env bash
# Opens the weekly page in a real browser, from Debian's packages.
set -euo pipefail
cd "$(dirname "$0")/.."

as_root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi; }

if ! command -v chromium >/dev/null; then
  as_root apt-get update -q
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends chromium
fi

go test -tags system -count=1 -v -timeout 20m -run '^TestSystemPage' ./internal/page
