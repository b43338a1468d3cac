package main

import (
	"crypto/sha256"
	"encoding/hex"
	"os"
	"regexp"
	"strings"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/testscript"
)

var resultDigest = regexp.MustCompile(`"digest":"sha256:[0-9a-f]{64}"`)

// digestIn gives the digest that stands in a result file.
func digestIn(text string) string {
	_, digest, _ := strings.Cut(strings.TrimSuffix(resultDigest.FindString(text), `"`), `:"`)
	return digest
}

// commandForge changes a result file as somebody would who knows its form:
// every OLD becomes NEW, and the digest is made again.
//
//	forge FROM TO OLD NEW…
func commandForge(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 4 || len(args)%2 != 0 {
		ts.Fatalf("usage: forge FROM TO OLD NEW…")
	}
	text := ts.ReadFile(args[0])
	for i := 2; i < len(args); i += 2 {
		if !strings.Contains(text, args[i]) {
			ts.Fatalf("%s does not hold %q", args[0], args[i])
		}
		text = strings.ReplaceAll(text, args[i], args[i+1])
	}
	sum := sha256.Sum256([]byte(resultDigest.ReplaceAllString(text, `"digest":""`)))
	text = resultDigest.ReplaceAllString(text, `"digest":"sha256:`+hex.EncodeToString(sum[:])+`"`)
	ts.Check(os.WriteFile(ts.MkAbs(args[1]), []byte(text), 0o644))
}

// commandSamePage holds a published summary to that of the job that ran, but for
// who spent it, what was asked of the platform, and what is passed on: the
// document is written by the job that ran alone.
//
//	samepage RUN PUBLISHED
func commandSamePage(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: samepage RUN PUBLISHED")
	}
	passedOn := regexp.MustCompile(`(?m)^- Passed on: .*\n(  - .*\n)*`)
	nothing := regexp.MustCompile(`<details>\n<summary>Handoff</summary>\n\n\n</details>\n\n`)
	requests := regexp.MustCompile(`(?m)^.*to the platform.*\n`)
	spender := regexp.MustCompile(` It was spent by the job.*`)
	run := nothing.ReplaceAllString(passedOn.ReplaceAllString(ts.ReadFile(args[0]), ""), "")
	run = requests.ReplaceAllString(run, "")
	published := spender.ReplaceAllString(requests.ReplaceAllString(ts.ReadFile(args[1]), ""), "")
	if diff := cmp.Diff(run, published); diff != "" {
		ts.Fatalf("the pages differ (-run +published):\n%s", diff)
	}
}
