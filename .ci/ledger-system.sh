#!/usr/bin/env bash
# Runs the tests of the shared ledger against real servers. They are installed
# from Debian's packages; the tests start and stop their own, on loopback.
set -euo pipefail
cd "$(dirname "$0")/.."

as_root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi; }

if ! ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || ! [ -x /usr/sbin/clickhouse-server ]; then
  as_root apt-get update -q
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends postgresql-15 clickhouse-server
fi

go test -tags system -count=1 -v -timeout 20m -run "${1:-^TestSystemLedger}" ./cmd/tierwise-ledger
