package sanitize

import (
	"fmt"
	"maps"
	"strings"
	"sync"

	ahocorasick "github.com/BobuSumisu/aho-corasick"
	"github.com/rs/zerolog"
	"github.com/spf13/viper"
	"github.com/zricethezav/gitleaks/v8/config"
	"github.com/zricethezav/gitleaks/v8/detect"
	"github.com/zricethezav/gitleaks/v8/logging"
)

// ruleSet holds the standard rules of gitleaks and compiles those whose
// keywords occur: of some two hundred a text needs a handful, and to compile
// all takes longer than everything else before the first request.
type ruleSet struct {
	source    config.ViperConfig
	byKeyword map[string][]int // indices into source.Rules
	keywords  *ahocorasick.Trie

	mu       sync.Mutex
	compiled map[int]bool
	config   config.Config
	current  *detect.Detector
}

// quiet silences gitleaks, which logs to standard error through a logger of
// its package: what it says of a finding must not reach the job's log.
var quiet = sync.OnceFunc(func() { logging.Logger = zerolog.Nop() })

func newRuleSet() (*ruleSet, error) {
	quiet()
	r := &ruleSet{byKeyword: map[string][]int{}, compiled: map[int]bool{}}
	// A viper of its own: gitleaks reads its rules through the one that is
	// global to the process.
	reader := viper.New()
	reader.SetConfigType("toml")
	if err := reader.ReadConfig(strings.NewReader(config.DefaultConfig)); err != nil {
		return nil, fmt.Errorf("parse: %w", err)
	}
	if err := reader.Unmarshal(&r.source); err != nil {
		return nil, fmt.Errorf("decode: %w", err)
	}
	always := r.index()
	return r, r.compile(always)
}

// index sorts the rules by keyword and gives those without one.
func (r *ruleSet) index() (always []int) {
	var words []string
	for i, rule := range r.source.Rules {
		switch {
		case rule.Regex == "": // by file name alone: DeniedPath has those
		case len(rule.Keywords) == 0:
			always = append(always, i)
		}
		for _, k := range rule.Keywords {
			k = strings.ToLower(k)
			if r.byKeyword[k] == nil {
				words = append(words, k)
			}
			r.byKeyword[k] = append(r.byKeyword[k], i)
		}
	}
	r.keywords = ahocorasick.NewTrieBuilder().AddStrings(words).Build()
	return always
}

// engine is a detector with every rule that text could need.
func (r *ruleSet) engine(text string) (*detect.Detector, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	var missing []int
	for _, m := range r.keywords.MatchString(strings.ToLower(text)) {
		for _, i := range r.byKeyword[m.MatchString()] {
			if !r.compiled[i] {
				r.compiled[i] = true
				missing = append(missing, i)
			}
		}
	}
	if len(missing) > 0 {
		if err := r.compile(missing); err != nil {
			return nil, err
		}
	}
	return r.current, nil
}

// compile adds rules to the detector.
func (r *ruleSet) compile(indices []int) error {
	part := r.source
	part.Rules = nil
	for _, i := range indices {
		part.Rules = append(part.Rules, r.source.Rules[i])
	}
	compiled, err := part.Translate()
	if err != nil {
		return fmt.Errorf("compile: %w", err)
	}
	// The maps are copied: a text may be scanned with the older ones right now.
	next := compiled
	if r.config.Rules == nil {
		if next.Allowlists, err = withoutPaths(compiled.Allowlists); err != nil {
			return err
		}
	} else {
		next = r.config
		next.Rules, next.Keywords = maps.Clone(r.config.Rules), maps.Clone(r.config.Keywords)
		maps.Copy(next.Rules, compiled.Rules)
		maps.Copy(next.Keywords, compiled.Keywords)
	}
	r.config = next
	r.current = detect.NewDetector(r.config)
	r.current.IgnoreGitleaksAllow = true
	return nil
}

// withoutPaths rebuilds allow-lists without their paths: whoever wrote a secret
// chose the name of its file too.
func withoutPaths(lists []*config.Allowlist) ([]*config.Allowlist, error) {
	var kept []*config.Allowlist
	for _, l := range lists {
		if len(l.Regexes) == 0 && len(l.StopWords) == 0 {
			continue
		}
		list := &config.Allowlist{MatchCondition: l.MatchCondition, RegexTarget: l.RegexTarget, Regexes: l.Regexes, StopWords: l.StopWords}
		if err := list.Validate(); err != nil {
			return nil, fmt.Errorf("allow-list: %w", err)
		}
		kept = append(kept, list)
	}
	return kept, nil
}
