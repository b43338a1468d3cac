package provider

import (
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/tierwise/tierwise/internal/money"
	"github.com/tierwise/tierwise/internal/testkit/fakemodel"
)

func mustParse(t *testing.T, raw string) *url.URL {
	t.Helper()
	u, err := url.Parse(raw)
	if err != nil {
		t.Fatal(err)
	}
	return u
}

func TestWhatGoesWrongIsOneKindOfErrorOnEveryVendor(t *testing.T) {
	t.Parallel()
	usage := fakemodel.Usage{Input: 10, Output: 5}
	for _, tt := range []struct {
		name      string
		answer    fakemodel.Answer
		change    func(*Options)
		status    int
		retryable bool
		after     time.Duration
		says      string
	}{
		{name: "429 with seconds to wait", answer: fakemodel.Answer{Status: 429, Header: map[string]string{"Retry-After": "7"}}, status: 429, retryable: true, after: 7 * time.Second, says: "scripted status 429"},
		{name: "503 with a date to wait for", answer: fakemodel.Answer{Status: 503, Header: map[string]string{"Retry-After": "Tue, 24 Nov 2026 12:00:30 GMT"}}, status: 503, retryable: true, after: 30 * time.Second, says: "scripted"},
		{name: "429 for want of money", answer: fakemodel.Answer{Status: 429, Body: `{"error":{"message":"no credit","code":"insufficient_quota"}}`}, status: 429, says: "no credit"},
		{name: "529 overloaded", answer: fakemodel.Answer{Status: 529}, status: 529, retryable: true},
		{name: "500", answer: fakemodel.Answer{Status: 500, Body: "<html>oops</html>", ContentType: "text/html"}, status: 500, retryable: true, says: "oops"},
		{name: "500 that says it must not be retried is ours to judge", answer: fakemodel.Answer{Status: 500, Header: map[string]string{"X-Should-Retry": "false"}}, status: 500, retryable: true},
		{name: "408", answer: fakemodel.Answer{Status: 408}, status: 408, retryable: true},
		{name: "409", answer: fakemodel.Answer{Status: 409}, status: 409, retryable: true},
		{name: "400", answer: fakemodel.Answer{Status: 400}, status: 400, says: "scripted status 400"},
		{name: "400 that asks to be retried is not", answer: fakemodel.Answer{Status: 400, Header: map[string]string{"X-Should-Retry": "true"}}, status: 400},
		{name: "401", answer: fakemodel.Answer{Status: 401}, status: 401},
		{name: "403", answer: fakemodel.Answer{Status: 403}, status: 403},
		{name: "404", answer: fakemodel.Answer{Status: 404}, status: 404},
		{name: "410", answer: fakemodel.Answer{Status: 410}, status: 410, says: "scripted status 410"},
		{name: "413 with an empty body", answer: fakemodel.Answer{Status: 413, ContentType: "text/plain"}, status: 413, says: "request entity too large"},
		{name: "a redirect", answer: fakemodel.Answer{Status: 307, Header: map[string]string{"Location": "https://elsewhere.example/"}}, status: 307, says: "redirects are not followed"},
		{name: "HTML with 200", answer: fakemodel.Answer{Body: "<!doctype html><p>log in", ContentType: "text/html"}, status: 200, says: "text/html: <!doctype html>"},
		{name: "JSON with 200 where a stream was asked for", answer: fakemodel.Answer{Body: `{"answer":42}`, ContentType: "application/json"}, status: 200, says: "not an event stream"},
		{name: "nothing with 200", answer: fakemodel.Answer{ContentType: "text/event-stream"}, status: 200, retryable: true, says: "empty"},
		{name: "garbage events", answer: fakemodel.Answer{Body: "event: message_start\ndata: {{{\n\n"}, status: 200, says: "read stream"},
		{name: "a stream cut in the middle", answer: fakemodel.Answer{Text: "half", Usage: usage, Drop: true}, status: 200, retryable: true, says: "EOF"},
		{name: "a connection dropped before any answer", answer: fakemodel.Answer{Refuse: true}, retryable: true, says: "EOF"},
		{name: "a stream that falls silent", answer: fakemodel.Answer{Text: "half an answer", Usage: usage, Hang: true}, change: func(o *Options) { o.IdleTimeout, o.StartTimeout = 80*time.Millisecond, time.Minute }, status: 200, retryable: true, says: "silent"},
		{name: "a server that never says anything", answer: fakemodel.Answer{Mute: true}, change: func(o *Options) { o.StartTimeout = 80 * time.Millisecond }, retryable: true, says: "silent"},
		{name: "an error inside the stream", answer: fakemodel.Answer{Text: "half", Usage: usage, Error: "overloaded_error"}, status: 200, retryable: true, says: "scripted overloaded_error"},
		{name: "an answer over ten megabytes", answer: fakemodel.Answer{Text: strings.Repeat("x", maxAnswer+2), Usage: usage}, status: 200, says: "cut off"},
		{name: "a stream over sixteen megabytes", answer: fakemodel.Answer{Body: strings.Repeat(": nothing\n", maxStream/10+1)}, status: 200, says: "larger than permitted"},
	} {
		for v, model := range vendors() {
			t.Run(fmt.Sprintf("%s, %s", tt.name, v), func(t *testing.T) {
				t.Parallel()
				fake := start(t, fakemodel.Always(tt.answer))
				c := open(t, v, fake, func(o *Options) {
					o.Now = func() time.Time { return time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC) }
					if tt.change != nil {
						tt.change(o)
					}
				})
				resp, err := c.Complete(t.Context(), Request{Model: model, Prompt: "hi", MaxOutputTokens: 100})
				var fault *Error
				if !errors.As(err, &fault) {
					t.Fatalf("%+v, %v", resp, err)
				}
				if fault.Status != tt.status || fault.Retryable != tt.retryable || fault.RetryAfter != tt.after || !fault.Sent || !strings.Contains(fault.Message, tt.says) {
					t.Errorf("%+v", fault)
				}
				// Gemini's last chunk holds text, end and usage at once.
				if known := strings.HasSuffix(tt.name, "ten megabytes") && speaks(v) == fakemodel.Gemini; fault.Usage.Known != known || fault.Provider != string(v) || fault.Err != nil || len(fault.Message) > maxMessage {
					t.Errorf("%+v", fault)
				}
				if n := len(fake.Requests()); n != 1 {
					t.Errorf("%d requests for one call", n)
				}
				clean(t, fake)
			})
		}
	}
}

func TestGitHubModelsIsGoneForGood(t *testing.T) {
	t.Parallel()
	c, err := NewOpenAI(Options{APIKey: testKey, BaseURL: "https://models.github.ai/inference", HTTP: &http.Client{Transport: canned{410, "text/plain", []byte("Gone")}}})
	if err != nil {
		t.Fatal(err)
	}
	_, err = c.Complete(t.Context(), Request{Model: "openai/gpt-5-mini", Prompt: "hi", MaxOutputTokens: 5})
	var fault *Error
	if !errors.As(err, &fault) || fault.Retryable || !strings.Contains(fault.Message, "2026-07-30") {
		t.Errorf("%#v", err)
	}
}

func TestAnInterruptedCallSaysWhatItHasSeen(t *testing.T) {
	t.Parallel()
	for v, model := range vendors() {
		fake := start(t, fakemodel.Always(fakemodel.Answer{Text: "half of it", Usage: fakemodel.Usage{Input: 5_750, Output: 900}, Hang: true}))
		ctx, cancel := context.WithCancel(t.Context())
		go func() {
			for len(fake.Requests()) == 0 {
				time.Sleep(time.Millisecond)
			}
			time.Sleep(100 * time.Millisecond) // for the first half to arrive
			cancel()
		}()
		_, err := open(t, v, fake, nil).Complete(ctx, Request{Model: model, Prompt: "hi", MaxOutputTokens: 1_000})
		cancel()
		var fault *Error
		if !errors.Is(err, context.Canceled) || !errors.As(err, &fault) {
			t.Fatalf("%s: %v", v, err)
		}
		if fault.Retryable || !fault.Sent || fault.Usage.Known || !strings.Contains(fault.Message, "stopped") {
			t.Errorf("%s: %+v", v, fault)
		}
		// OpenAI reports at the very end alone.
		if seen := fault.Usage.InputTokens; speaks(v) != fakemodel.OpenAI && seen != 5_750 || speaks(v) == fakemodel.OpenAI && seen != 0 {
			t.Errorf("%s: %d input tokens were seen", v, seen)
		}
	}
}

func TestADeadlineIsTheCallersAndNotTheStreams(t *testing.T) {
	t.Parallel()
	for v, model := range vendors() {
		fake := start(t, fakemodel.Always(fakemodel.Answer{Mute: true}))
		ctx, cancel := context.WithTimeout(t.Context(), 80*time.Millisecond)
		_, err := open(t, v, fake, nil).Complete(ctx, Request{Model: model, Prompt: "hi", MaxOutputTokens: 5})
		cancel()
		var fault *Error
		if !errors.Is(err, context.DeadlineExceeded) || !errors.As(err, &fault) || fault.Retryable {
			t.Errorf("%s: %#v", v, err)
		}
	}
}

func TestASlowAnswerIsNotADeadOne(t *testing.T) {
	t.Parallel()
	for v, model := range vendors() {
		// Far longer than the idle timeout in all, never as long at once; and
		// a long silence before the first word is thinking.
		fake := start(t, fakemodel.Always(fakemodel.Answer{Thinking: "hm", Text: "slow", Usage: fakemodel.Usage{Input: 10, Output: 5}, Delay: 200 * time.Millisecond}))
		c := open(t, v, fake, func(o *Options) { o.IdleTimeout, o.StartTimeout = time.Second, 10*time.Second })
		if got, err := c.Complete(t.Context(), Request{Model: model, Prompt: "hi", MaxOutputTokens: 5}); err != nil || got.Text != "slow" {
			t.Errorf("%s: %+v, %v", v, got, err)
		}
	}
}

// TestNoKeyIsInAnyError echoes the key in every form that a server may choose.
func TestNoKeyIsInAnyError(t *testing.T) {
	t.Parallel()
	encoded := base64.StdEncoding.EncodeToString([]byte(testKey))
	for _, body := range []string{
		`{"error":{"message":"bad key ` + testKey + `"}}`,
		"Authorization: Bearer " + testKey,
		"Basic " + encoded,
		strings.Repeat("x", 500) + testKey,
		strings.Repeat(testKey, 3_000), // past every cut
		url.QueryEscape(testKey),
	} {
		for v, model := range vendors() {
			for _, a := range []fakemodel.Answer{{Status: 401, Body: body}, {Body: body, ContentType: "text/html"}, {Body: "event: error\ndata: " + body + "\n\n"}} {
				fake := start(t, fakemodel.Always(a))
				_, err := open(t, v, fake, nil).Complete(t.Context(), Request{Model: model, Prompt: "hi", MaxOutputTokens: 5})
				if err == nil {
					t.Fatalf("%s: no error from %+v", v, a)
				}
				for _, secret := range []string{testKey[8:], testKey[:20], encoded[4:24]} {
					if strings.Contains(fmt.Sprintf("%v %+v %#v", err, err, err), secret) {
						t.Errorf("%s: %q is in %v", v, secret, err)
					}
				}
			}
		}
	}
}

func TestModelNamesFromOutsideAreOneShortLine(t *testing.T) {
	t.Parallel()
	hostile := "m\r\n::error::x" + strings.Repeat("y", 5_000)
	for v, model := range vendors() {
		fake := start(t, fakemodel.Always(fakemodel.Answer{Text: "ok", Model: hostile, Usage: fakemodel.Usage{Input: 1, Output: 1}}))
		got, err := open(t, v, fake, nil).Complete(t.Context(), Request{Model: model, Prompt: "hi", MaxOutputTokens: 5})
		if err != nil || strings.ContainsAny(got.Model, "\r\n") || len(got.Model) > maxMessage {
			t.Errorf("%s: %q, %v", v, got.Model, err)
		}
	}
}

func TestRetryAfter(t *testing.T) {
	t.Parallel()
	now := func() time.Time { return time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC) }
	for value, want := range map[string]time.Duration{
		"":                              0,
		"0":                             0,
		"61":                            61 * time.Second,
		"-5":                            0,
		"soon":                          0,
		"1e3":                           0,
		"18446744073709551615":          24 * time.Hour,
		"99999999999999999999":          0,
		"Tue, 24 Nov 2026 12:01:00 GMT": time.Minute,
		"Tue, 24 Nov 2026 11:59:00 GMT": 0,
		"Tue, 24 Nov 2099 12:00:00 GMT": 24 * time.Hour,
	} {
		if got := retryAfter(value, now); got != want {
			t.Errorf("retryAfter(%q) = %v, want %v", value, got, want)
		}
	}
}

func TestNothingListening(t *testing.T) {
	t.Parallel()
	for v, model := range vendors() {
		fake := start(t, nil)
		c := open(t, v, fake, nil)
		fake.Close()
		_, err := c.Complete(t.Context(), Request{Model: model, Prompt: "hi", MaxOutputTokens: 5})
		var fault *Error
		if !errors.As(err, &fault) || !fault.Retryable || fault.Sent || fault.Status != 0 || fault.Usage != (money.Usage{}) {
			t.Errorf("%s: %#v", v, err)
		}
	}
}
