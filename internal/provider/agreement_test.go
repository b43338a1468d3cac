package provider

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tierwise/tierwise/internal/money"
	"github.com/tierwise/tierwise/internal/usage"
)

// TestLogsAndCallsCountAlike holds what the adapters read through their SDKs
// against what usage reads from the wire: a call and its log cost the same.
func TestLogsAndCallsCountAlike(t *testing.T) {
	t.Parallel()
	shapes := map[string]usage.Shape{"anthropic": usage.AnthropicMessages, "openai": usage.OpenAIChat, "gemini": usage.Gemini}
	streams, err := filepath.Glob("testdata/*.sse")
	if err != nil || len(streams) < 10 {
		t.Fatalf("%d streams, %v", len(streams), err)
	}
	for _, file := range streams {
		stream, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		golden, err := os.ReadFile(strings.TrimSuffix(file, ".sse") + ".json")
		if err != nil {
			t.Fatal(err)
		}
		var called struct{ Usage money.Usage }
		if err := json.Unmarshal(golden, &called); err != nil {
			t.Fatal(err)
		}
		vendor, _, _ := strings.Cut(filepath.Base(file), "_")
		logged := usage.ReadStream(shapes[vendor], stream)
		if diff := cmp.Diff(called.Usage, logged.Usage); diff != "" {
			t.Errorf("%s (-called +logged, %q):\n%s", file, logged.Why, diff)
		}
	}
}
