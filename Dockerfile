# The action's image: one static binary and the public certificates. No shell,
# no git, no package manager.
#
# There is no USER line: GitHub's runner requires container actions to run as
# the image's default user, root, or they cannot write their result files.
# https://docs.github.com/en/actions/reference/workflows-and-actions/dockerfile-support#user
FROM docker.io/library/golang:1.26 AS build
# Set it with --build-arg where modules come from a mirror; unset, Go's own
# default counts.
ARG GOPROXY
ARG VERSION=dev
WORKDIR /src
COPY . .
# The tag "image" leaves the git adapter out: nothing in the image can start
# another program.
RUN --mount=type=cache,target=/go/pkg/mod --mount=type=cache,target=/root/.cache/go-build \
    CGO_ENABLED=0 go build -tags image -trimpath -buildvcs=false \
    -gcflags='github.com/...=-l' \
    -gcflags='google.golang.org/...=-l' \
    -gcflags='cloud.google.com/...=-l' \
    -gcflags='go.opentelemetry.io/...=-l' \
    -gcflags='go.yaml.in/...=-l' \
    -gcflags='golang.org/...=-l' \
    -gcflags='github.com/tierwise/tierwise/...=' \
    -gcflags='github.com/BobuSumisu/aho-corasick/...=' \
    -gcflags='github.com/bluekeyes/go-gitdiff/...=' \
    -gcflags='github.com/bmatcuk/doublestar/v4/...=' \
    -gcflags='github.com/zricethezav/gitleaks/v8/...=' \
    -gcflags='github.com/tierwise/tierwise/internal/page/...=-l' \
    -gcflags='github.com/tierwise/tierwise/internal/cli/...=-l' \
    -gcflags='github.com/tierwise/tierwise/internal/report/...=-l' \
    -gcflags='github.com/tierwise/tierwise/internal/github/...=-l' \
    -gcflags='github.com/tierwise/tierwise/internal/agentlog/...=-l' \
    -gcflags='github.com/tierwise/tierwise/internal/task/...=-l' \
    -ldflags "-s -w -X main.version=${VERSION}" -o /tierwise ./cmd/tierwise

FROM scratch
COPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/ca-certificates.crt
COPY --from=build /tierwise /tierwise
ENTRYPOINT ["/tierwise"]
