//go:build !image

package gitrepo

import (
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"
)

const testMark = "\x00MARK\x00"

func framesOf(src io.Reader, limit int) (all []frame, err error) {
	f := newFramer(src, testMark, limit)
	for {
		next, err := f.next()
		if errors.Is(err, io.EOF) {
			return all, nil
		}
		if err != nil {
			return all, err
		}
		all = append(all, next)
	}
}

func TestFramesAreWhatStandsBetweenMarks(t *testing.T) {
	t.Parallel()
	for text, want := range map[string][]frame{
		"":                                  nil,
		testMark:                            {{}},
		testMark + "a" + testMark + "b\n":   {{text: "a"}, {text: "b\n"}},
		testMark + testMark + "\x00MARK":    {{}, {text: "\x00MARK"}},
		testMark + "\x00MARK\x00MARK\x00":   {{}, {text: "MARK\x00"}},
		testMark + "0123456789" + testMark:  {{text: "0123456789"}, {}},
		testMark + "0123456789a" + testMark: {{text: "0123456789a", cut: true}, {}},
	} {
		for name, src := range map[string]io.Reader{"at once": strings.NewReader(text), "by the byte": iotest.OneByteReader(strings.NewReader(text))} {
			got, err := framesOf(src, 10)
			for i := range got {
				if got[i].cut { // how much of it is kept depends on the reads
					got[i].text = "0123456789a"
				}
			}
			if diff := cmp.Diff(want, got, cmp.AllowUnexported(frame{})); diff != "" || err != nil {
				t.Errorf("%q %s: %v\n%s", text, name, err, diff)
			}
		}
	}
}

func TestWhatDoesNotBeginWithTheMarkIsRefused(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"x", "\x00", "\x00MARK", "warning\n" + testMark, "\x00MARK\n" + testMark} {
		if got, err := framesOf(strings.NewReader(text), 10); err == nil {
			t.Errorf("%q passes: %+v", text, got)
		}
	}
	broken := errors.New("broken")
	if _, err := framesOf(io.MultiReader(strings.NewReader(testMark+"a"), iotest.ErrReader(broken)), 10); !errors.Is(err, broken) {
		t.Errorf("got %v", err)
	}
}

// FuzzFrames holds the framer, fed in pieces, against strings.Split.
func FuzzFrames(f *testing.F) {
	f.Add(testMark+"a"+testMark+"b", uint8(1), uint8(9))
	f.Add(testMark+"\x00MARK\x00MARK\x00", uint8(3), uint8(2))
	f.Add("x"+testMark, uint8(2), uint8(200))
	f.Fuzz(func(t *testing.T, text string, piece, limit uint8) {
		src := pieces{strings.NewReader(text), int(piece)%16 + 1}
		got, err := framesOf(src, int(limit))
		parts := strings.Split(text, testMark)
		if parts[0] != "" {
			if err == nil {
				t.Fatalf("begins with %q and passes", parts[0])
			}
			return
		}
		if parts = parts[1:]; err != nil || len(got) != len(parts) {
			t.Fatalf("%d frames of %d, %v", len(got), len(parts), err)
		}
		for i, want := range parts {
			if got[i].cut != (len(want) > int(limit)) || !got[i].cut && got[i].text != want || !strings.HasPrefix(want, got[i].text) {
				t.Fatalf("frame %d of limit %d: want %q, got %+v", i, limit, want, got[i])
			}
		}
	})
}

type pieces struct {
	src  io.Reader
	size int
}

func (p pieces) Read(b []byte) (int, error) { return p.src.Read(b[:min(len(b), p.size)]) }
