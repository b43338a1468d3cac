#!/usr/bin/env bash
# Runs the tests that need containers. With a Docker daemon they use it; on a
# machine without one, rootful Podman is installed and a base image is made
# from the local Go toolchain, so that no image registry is needed.
set -euo pipefail
cd "$(dirname "$0")/.."

CT=${CT:-${TMPDIR:-/tmp}/tierwise-containers}
mkdir -p "$CT"

as_root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi; }

install_podman() {
  command -v podman >/dev/null && command -v runc >/dev/null && command -v busybox >/dev/null && return
  as_root apt-get update -q
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q podman buildah runc busybox-static
}

configure_podman() {
  cat > "$CT/containers.conf" <<CONF
[containers]
default_ulimits = ["nofile=20000:20000", "nproc=1024:1024"]
netns = "host"
[engine]
runtime = "runc"
cgroup_manager = "cgroupfs"
events_logger = "file"
CONF
  cat > "$CT/storage.conf" <<CONF
[storage]
driver = "overlay"
graphroot = "$CT/graph"
runroot = "$CT/runroot"
CONF
  export CONTAINERS_CONF=$CT/containers.conf CONTAINERS_STORAGE_CONF=$CT/storage.conf
}

# A stand-in for docker.io/library/golang: the local toolchain on busybox.
base_image() {
  podman image exists docker.io/library/golang:1.26 && return
  local root=$CT/root applet
  rm -rf "$root"
  mkdir -p "$root"/{bin,usr/local,usr/bin,etc/ssl/certs,tmp,root,go,proc,sys,dev}
  chmod 1777 "$root/tmp"
  cp "$(command -v busybox)" "$root/bin/busybox"
  for applet in $("$root/bin/busybox" --list); do
    [ "$applet" = busybox ] || ln -sf busybox "$root/bin/$applet"
  done
  cp -L /etc/ssl/certs/ca-certificates.crt "$root/etc/ssl/certs/"
  echo 'root:x:0:0:root:/root:/bin/sh' > "$root/etc/passwd"
  cp -a "$(go env GOROOT)" "$root/usr/local/go"
  tar -C "$root" -c . | podman import -q \
    --change 'ENV PATH=/go/bin:/usr/local/go/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin' \
    --change 'ENV GOPATH=/go' --change 'ENV GOTOOLCHAIN=local' --change 'WORKDIR /go' \
    - docker.io/library/golang:1.26
  rm -rf "$root"
}

serve_podman() {
  podman system service --time=0 "unix://$CT/podman.sock" > "$CT/service.log" 2>&1 &
  trap 'kill '"$!"' 2>/dev/null || true' EXIT
  export DOCKER_HOST=unix://$CT/podman.sock
  for _ in $(seq 50); do [ -S "$CT/podman.sock" ] && return; sleep 0.1; done
  echo "the container service did not start:" >&2; cat "$CT/service.log" >&2; exit 1
}

if docker info >/dev/null 2>&1; then
  # A build leaves its base in the builder's own store; act looks in Docker's.
  docker pull -q docker.io/library/golang:1.26
  export TIERWISE_ENGINE=docker
else
  install_podman
  configure_podman
  base_image
  serve_podman
  export TIERWISE_ENGINE=podman
fi

PATH="$PWD/.bin:$PATH" go test -tags system -count=1 -v -timeout 40m -run '^TestSystem' ./cmd/tierwise
