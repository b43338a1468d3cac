package dispatch

import (
	"encoding/base64"
	"encoding/hex"
	"math/rand/v2"
	"os"
	"strings"
	"testing"

	"github.com/tierwise/tierwise/internal/change"
	"github.com/tierwise/tierwise/internal/money"
	"github.com/tierwise/tierwise/internal/policy"
)

func noise(n int) []byte {
	rng, raw := rand.New(rand.NewPCG(1, 2)), make([]byte, n)
	for i := range raw {
		raw[i] = byte(rng.UintN(256))
	}
	return raw
}

func TestDenseTextIsHeldToMoreThanWords(t *testing.T) {
	t.Parallel()
	raw := noise(3000)
	pairs := strings.TrimSpace(strings.Repeat("0x1f, 0xa3, 0x90, ", 200))
	for name, c := range map[string]struct {
		text        string
		bytesAToken float64
	}{
		"base64":          {base64.StdEncoding.EncodeToString(raw), 1.7},
		"base64 in lines": {strings.Join(inLines(base64.StdEncoding.EncodeToString(raw), 76), "\n+"), 1.7},
		"hex":             {hex.EncodeToString(raw), 1.7},
		"numbers":         {strings.Repeat("31 4159 26 5358\n", 100), 1.7},
		"bytes in source": {pairs, 1.7},
	} {
		if got, least := mostTokens(c.text), int64(float64(len(c.text))/c.bytesAToken); got < least || got > int64(len(c.text)) {
			t.Errorf("%s: %d of %d bytes, want at least %d", name, got, len(c.text), least)
		}
	}
	words := strings.Repeat("The range of the words is as it was.\n", 100)
	if got, want := mostTokens(words), EstimateTokens(words); got != want {
		t.Errorf("words: %d, want %d", got, want)
	}
}

func inLines(s string, width int) []string {
	var lines []string
	for ; len(s) > width; s = s[width:] {
		lines = append(lines, s[:width])
	}
	return append(lines, s)
}

func TestTheMostIsNeverLessThanTheEstimateAndNeverMoreThanBytes(t *testing.T) {
	t.Parallel()
	rng := rand.New(rand.NewPCG(3, 4))
	alphabet := []rune("abcXYZ019+/=_- \n.,(){}é界🙂")
	for range 2000 {
		text := make([]rune, rng.IntN(80))
		for i := range text {
			text[i] = alphabet[rng.IntN(len(alphabet))]
		}
		s := string(text)
		if got := mostTokens(s); got < EstimateTokens(s) || got > int64(len(s)) {
			t.Fatalf("%q: %d, estimate %d, %d bytes", s, got, EstimateTokens(s), len(s))
		}
	}
}

// Short words that are no words: what tokenizers of today (o200k, cl100k) make
// of them, in bytes a token, with the third that a later one may need.
func TestHostileShortWordsAreHeldToMoreThanWords(t *testing.T) {
	t.Parallel()
	rng := rand.New(rand.NewPCG(5, 6))
	drawn := func(alphabet, between string, least, most int) string {
		var b strings.Builder
		for range 2000 {
			for range least + rng.IntN(most-least+1) {
				b.WriteByte(alphabet[rng.IntN(len(alphabet))])
			}
			b.WriteString(between)
		}
		return b.String()
	}
	const lower, upper, signs = "abcdefghijklmnopqrstuvwxyz", "ABCDEFGHIJKLMNOPQRSTUVWXYZ", "!@#$%^&*()[]{};:',.<>?|`~"
	for name, c := range map[string]struct {
		text        string
		bytesAToken float64
	}{
		"single letters":             {drawn(lower, " ", 1, 1), 2.0},
		"three letters":              {drawn(lower, " ", 3, 3), 2.07 / 1.25},
		"four to eight letters":      {drawn(lower, " ", 4, 8), 2.03 / 1.3},
		"twelve to nineteen letters": {drawn(lower, " ", 12, 19), 1.91 / 1.3},
		"mixed case":                 {drawn(lower+upper, " ", 3, 8), 1.72 / 1.2},
		"letters and signs":          {drawn(lower+upper+signs, "", 4, 10), 1.40 / 1.25},
		"signs":                      {drawn(signs, "", 4, 10), 1.57 / 1.3},
		"letters between signs":      {drawn(lower, ";", 1, 1), 1.54 / 1.3},
	} {
		if got, least := mostTokens(c.text), int64(float64(len(c.text))/c.bytesAToken); got < least || got > int64(len(c.text)) {
			t.Errorf("%s: %d of %d bytes, want at least %d", name, got, len(c.text), least)
		}
	}
}

// What people write is not held to much more than before: the ceiling of a run
// would refuse honest changes.
func TestHonestTextIsHeldToLittleMore(t *testing.T) {
	t.Parallel()
	for name, most := range map[string]float64{"dispatcher.go": 1.3, "ladder.go": 1.3, "../../README.md": 1.15} {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		got, estimate := mostTokens(string(data)), EstimateTokens(string(data))
		if over := float64(got) / float64(estimate); over > most {
			t.Errorf("%s: %.2f times the estimate", name, over)
		}
	}
}

// A diff of base64 that is estimated under the step at which a small model
// costs five times as much, and measures over it.
func TestTheBoundHoldsOverTheStepOfASmallModel(t *testing.T) {
	t.Parallel()
	d, _ := dispatcher(t, "")
	small := policy.Model{Tier: policy.Efficient, Provider: "anthropic", Model: "claude-haiku-5-5", MaxOutputTokens: 4000}
	in := oneFile()
	in.Change.Files = []change.File{textFile("a.txt", base64.StdEncoding.EncodeToString(noise(139_000)))}
	plan := d.plan(tell(), in)
	if plan.read != 1 || plan.tokens() > auxiliaryPromptTokens {
		t.Fatalf("%d files read, %d tokens", plan.read, plan.tokens())
	}
	p, err := plan.prompt(nil, d.Random)
	if err != nil {
		t.Fatal(err)
	}
	row, _ := d.Catalogue.Lookup(small.Provider, small.Model, d.Now())
	spent := row.Cost(money.Usage{Known: true, InputTokens: int64(float64(len(p.text)) / 1.7), OutputTokens: small.MaxOutputTokens})
	if bound := d.upperBound(small, p); bound.Nano < spent.Nano || row.Long == nil {
		t.Errorf("bound %s, and %s may be spent", bound.Nano.Dollars(), spent.Nano.Dollars())
	}
}

func TestTheSchemaIsInTheBound(t *testing.T) {
	t.Parallel()
	d, _ := dispatcher(t, "")
	with, without := tell(), tell()
	with.Schema = []byte(strings.Repeat(`{"type": "object"} `, 1000))
	without.Schema = nil
	least := EstimateTokens(string(with.Schema))
	if grown := d.PromptTokens(with, oneFile()) - d.PromptTokens(without, oneFile()); grown < least {
		t.Errorf("before the decision it is %d tokens more, want %d", grown, least)
	}
	a, err := d.plan(with, oneFile()).prompt(nil, d.Random)
	if err != nil {
		t.Fatal(err)
	}
	b, err := d.plan(without, oneFile()).prompt(nil, d.Random)
	if err != nil || a.most-b.most < least {
		t.Errorf("before the call it is %d tokens more, want %d (%v)", a.most-b.most, least, err)
	}
}
