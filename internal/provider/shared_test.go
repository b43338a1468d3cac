package provider

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tierwise/tierwise/internal/testkit/fakemodel"
)

// The vendor that is to be told what to keep is told so by the published
// shape; the others get the prompt as it is.
func TestWhatRequestsHaveInCommonIsMarkedWhereAVendorAsksForIt(t *testing.T) {
	t.Parallel()
	for vendor := range vendors() {
		fake := start(t, fakemodel.Always(fakemodel.Answer{Text: "x", Usage: fakemodel.Usage{Input: 5, CacheWrite: 3, CacheRead: 2, Output: 1}}))
		req := Request{Model: vendors()[vendor], System: "System.", Prompt: "shared 日本|the rest", SharedPrefix: len("shared 日本|"), MaxOutputTokens: 100}
		resp, err := open(t, vendor, fake, nil).Complete(t.Context(), req)
		if err != nil {
			t.Fatal(err)
		}
		clean(t, fake)
		got := fake.Requests()[0]
		want := ""
		if speaks(vendor) == fakemodel.Anthropic {
			want = "shared 日本|"
			if resp.Usage.CacheReadInputTokens != 2 || resp.Usage.CacheCreationInputTokens != 3 {
				t.Errorf("usage %+v", resp.Usage)
			}
		}
		if got.Kept != want || got.Prompt != req.Prompt {
			t.Errorf("%s: kept %q of %q", vendor, got.Kept, got.Prompt)
		}
	}
}

func TestTheMarksHaveThePublishedShape(t *testing.T) {
	t.Parallel()
	const mark = `"cache_control":{"type":"ephemeral"},`
	for cuts, want := range map[[2]int]string{
		{0, 0}:  `[{"text":"abc","type":"text"}]`,
		{0, 3}:  `[{"text":"abc","type":"text"}]`,
		{0, -1}: `[{"text":"abc","type":"text"}]`,
		{0, 1}:  `[{"text":"a",` + mark + `"type":"text"},{"text":"bc","type":"text"}]`,
		{1, 2}:  `[{"text":"a",` + mark + `"type":"text"},{"text":"b",` + mark + `"type":"text"},{"text":"c","type":"text"}]`,
		{2, 2}:  `[{"text":"ab",` + mark + `"type":"text"},{"text":"c","type":"text"}]`,
		{3, 1}:  `[{"text":"a",` + mark + `"type":"text"},{"text":"bc","type":"text"}]`,
	} {
		data, err := json.Marshal(anthropicBlocks(Request{Prompt: "abc", InnerPrefix: cuts[0], SharedPrefix: cuts[1]}))
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, string(data)); diff != "" {
			t.Errorf("%v: %s", cuts, diff)
		}
	}
}
