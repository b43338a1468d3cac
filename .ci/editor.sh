#!/usr/bin/env bash
# Opens policies with the language server that editors use for YAML. npm
# installs the version of the lock file, with no script of any package run.
set -euo pipefail
cd "$(dirname "$0")/.."

as_root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi; }

if ! command -v npm >/dev/null; then
  as_root apt-get update -q
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends nodejs npm
fi

mkdir -p .bin/editor
cp internal/policy/testdata/editor/package.json internal/policy/testdata/editor/package-lock.json .bin/editor/
npm ci --prefix .bin/editor --no-audit --no-fund --ignore-scripts --loglevel=error

EDITOR_SERVER="$PWD/.bin/editor/node_modules/.bin/yaml-language-server" \
  go test -tags editor -count=1 -v -timeout 5m -run '^TestThePolicyInAnEditor$' ./internal/policy
