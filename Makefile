# make test needs Go, git and nothing else. make check installs what it needs.

OUTCOMES ?= ../shared/outcomes

GOFUMPT       := mvdan.cc/gofumpt@v0.12.0
ACTIONLINT    := github.com/rhysd/actionlint/cmd/actionlint@v1.7.12
GOLANGCI_LINT := github.com/golangci/golangci-lint/v2/cmd/golangci-lint@v2.15.0
ACT           := github.com/nektos/act@v0.2.89

BIN   := $(CURDIR)/.bin
STAMP := $(BIN)/.stamp-$(shell cat Makefile | cksum | cut -d' ' -f1)

# Code of other people's modules is on no hot path, and inlining it adds more
# than three megabytes to the program. The last flag that fits a package counts:
# the modules that read every line keep it, and of our own rooms those that do
# not write pages, read logs or ask the platform. The Dockerfile says the same; a
# test holds them together.
SMALLER := -gcflags='github.com/...=-l' \
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
	-gcflags='github.com/tierwise/tierwise/internal/task/...=-l'

.PHONY: build test check lint race writers system ledger-system page-system editor ledger-scale bench lint-bench mutants speed corpora guess verifiers accounting outcomes replay clean

build:
	CGO_ENABLED=0 go build -trimpath $(SMALLER) -ldflags '-s -w' -o tierwise ./cmd/tierwise
	CGO_ENABLED=0 go build -trimpath -ldflags '-s -w' -o tierwise-ledger ./cmd/tierwise-ledger

test:
	go vet ./...
	go test -shuffle=on ./...

check: lint race writers system ledger-system page-system editor

lint: $(STAMP)
	@out=$$($(BIN)/gofumpt -l cmd internal); if [ -n "$$out" ]; then echo "gofumpt would change:"; echo "$$out"; exit 1; fi
	go mod tidy -diff
	$(BIN)/golangci-lint run --timeout 15m ./...
	go vet -tags image ./cmd/... ./internal/...
	$(BIN)/actionlint -color=false .github/workflows/*.yml
	@rm -f $(BIN)/readme-*.yml
	@awk '/^```yaml/ {file = "$(BIN)/readme-" ++n ".yml"; next} /^```/ {file = ""} file {print > file}' README.md
	$(BIN)/actionlint -color=false $(BIN)/readme-*.yml

race:
	CGO_ENABLED=1 go test -race -shuffle=on ./internal/...

# 200 writers at once: 20 processes on a folder, and a branch of the fake
# platform with a bare repository behind it.
writers:
	go test -tags system -count=1 -run '^TestTwoHundredWriters' ./internal/ledger ./internal/github

# The image for real, the action in act, and the budgets of size and start-up.
system: $(STAMP)
	bash .ci/system.sh

# PostgreSQL and ClickHouse for real, on loopback.
ledger-system:
	bash .ci/ledger-system.sh

# Time and memory of a report over 10,000, 100,000 and 1,000,000 records, as a
# table of docs/shared-ledger.md.
ledger-scale:
	bash .ci/ledger-system.sh ^TestScaleLedger

# The weekly page in Chromium: its looks, its figures and its silence.
page-system:
	bash .ci/page-system.sh

# The policy's schema in the language server that editors use; npm installs it
# as its lock file says.
editor:
	bash .ci/editor.sh

bench:
	go test -run '^$$' -bench . -benchtime 20x ./...

# A whole repository: 300 workflows and a policy of 200 rows, with actionlint
# over the same workflows in the same round.
lint-bench: $(STAMP)
	go test -run '^$$' -bench LintRepository -benchtime 20x ./cmd/tierwise

# 100,000 mutated texts through every rule: no panic, always a place.
mutants:
	go test ./internal/lint -run 'TestMutants$$' -count=1 -mutants 100000

# How long backtest takes beside git log -p of the same commits: CHECKOUT is a
# folder with a git repository, COMMITS how many of its newest commits.
speed:
	go test -run '^$$' -bench BacktestProcess -benchtime 3x ./cmd/tierwise -checkout "$(CHECKOUT)" -commits "$(or $(COMMITS),5000)"

# How often each verifier refuses a good output and accepts a broken one.
verifiers:
	@out=$$(go test ./internal/task -run Verdicts -count=1 -v); status=$$?; echo "$$out" | grep -v '^=== '; exit $$status

# How many usage payloads of every vendor's form cost what they should, to the
# nano-dollar.
accounting:
	@out=$$(go test ./internal/usage -run '^TestAccounting$$' -count=1 -v); status=$$?; echo "$$out" | grep -e 'accounting:' -e '--- FAIL' -e 'accounting_test'; exit $$status

# Learns the weights of the guess of a domain again.
guess:
	@go run ./internal/testkit/corpora -corpus "$(CORPUS)" -mirrors "$(MIRRORS)" -weights internal/signal/guess_weights.go

# Signals and decision on labelled commits of real repositories: CORPUS is a
# file of JSON lines, MIRRORS a folder with one clone a repository.
corpora:
	@go run ./internal/testkit/corpora -corpus "$(CORPUS)" -mirrors "$(MIRRORS)" -changes .corpora
	go test ./internal/route -run 'Test(OnlyUp|LockedIsLocked|SameInSameOut|ReasonsAreCauses|CutShort|CheapNever)' -count=1 -changes $(CURDIR)/.corpora

# The policy's placement and a cascade on recorded outcomes of real models:
# OUTCOMES is a folder with outcomes.jsonl, texts.jsonl and models.json.
outcomes:
	@go run ./internal/testkit/outcomes -outcomes "$(OUTCOMES)"

# Pull requests with their pushes, through the whole pipeline with a fake model
# that bills by the real prices: MIRRORS is a folder with one clone a
# repository, refs/pull included, REPOS are owner/name, separated by commas.
replay:
	@go run ./internal/testkit/replay -mirrors "$(MIRRORS)" -repos "$(REPOS)" -pulls "$(or $(PULLS),12)"

clean:
	rm -rf .bin .tierwise .corpora tierwise tierwise-ledger

$(STAMP):
	@mkdir -p $(BIN) && rm -f $(BIN)/.stamp-*
	GOBIN=$(BIN) go install $(GOFUMPT)
	GOBIN=$(BIN) go install $(ACTIONLINT)
	GOBIN=$(BIN) go install $(GOLANGCI_LINT)
	GOBIN=$(BIN) go install $(ACT)
	@touch $@
