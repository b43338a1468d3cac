package provider

import (
	"encoding/pem"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/tierwise/tierwise/internal/testkit/fakemodel"
)

func TestWhichAddressesMayBeTheRootOfAnAPI(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		raw             string
		public, private bool // permitted without and with private networks
	}{
		{"https://api.openai.com/v1", true, true},
		{"https://api.openai.com", true, true},
		{"https://openrouter.ai:8443/api/v1/", true, true},
		{"http://127.0.0.1:11434/v1", true, true},
		{"http://localhost:11434/v1", true, true},
		{"http://[::1]:8080", true, true},
		{"https://127.0.0.1", true, true},
		{"http://[::ffff:127.0.0.1]:8080", true, true},
		{"http://10.0.0.5:8000/v1", false, true},
		{"https://10.0.0.5/v1", false, true},
		{"http://[fd12::1]:8000", false, true},
		{"http://100.64.0.1", false, true},
		{"http://ollama.internal:11434", false, true}, // its address is checked when it is dialled
		{"http://api.openai.com/v1", false, true},     // likewise
		{"https://ollama.internal", true, true},
		{"http://8.8.8.8", false, false},
		{"http://169.254.169.254/latest", false, false},
		{"https://169.254.169.254/", false, false},
		{"https://[fe80::1]/", false, false},
		{"https://[fd00:ec2::254]/", false, false},
		{"https://[::ffff:169.254.169.254]/", false, false},
		{"https://[64:ff9b::a9fe:a9fe]/", false, false},
		{"https://[2002:a9fe:a9fe::1]/", false, false},
		{"https://[64:ff9b::a00:1]/", false, true},
		{"https://0.0.0.0/", false, false},
		{"https://[::]/", false, false},
		{"https://[fe80::1%25eth0]/", false, false},
		{"https://224.0.0.1/", false, false},
		{"https://user@api.openai.com/", false, false},
		{"https://user:pass@api.openai.com/", false, false},
		{"https://api.openai.com@evil.example/", false, false},
		{"https://api.openai.com/v1#x", false, false},
		{"https://api.openai.com/v1?x=y", false, false},
		{"https://api.openai.com/v1?", false, false},
		{"https://xn--penai-2xe.com/", false, false},
		{"https://api.XN--penai-2xe.com/", false, false},
		{"https://аpi.openai.com/", false, false}, // a Cyrillic letter
		{"https://api.openai.com\\@evil.example/", false, false},
		{"https://api.openai%2ecom/", false, false},
		{"https://api.openai.com./", false, false},
		{"https://api..openai.com/", false, false},
		{"https://2130706433/", false, false},
		{"https://127.1/", false, false},
		{"https://0x7f.1/", false, false},
		{"https://0x7f000001/", false, false},
		{"https://api.openai.com:0/", false, false},
		{"https://api.openai.com:99999/", false, false},
		{"https://api.openai.com:/", false, false},
		{"https:///v1", false, false},
		{"https:api.openai.com", false, false},
		{"//api.openai.com", false, false},
		{"api.openai.com", false, false},
		{"ftp://api.openai.com", false, false},
		{"file:///etc/passwd", false, false},
		{" https://api.openai.com", false, false},
		{"https://api.openai.com/\nHost: x", false, false},
		{"https://*.openai.com", false, false},
		{"", false, false},
	} {
		if err := CheckBaseURL(tt.raw, false); (err == nil) != tt.public {
			t.Errorf("CheckBaseURL(%q, false): %v", tt.raw, err)
		}
		if err := CheckBaseURL(tt.raw, true); (err == nil) != tt.private {
			t.Errorf("CheckBaseURL(%q, true): %v", tt.raw, err)
		}
	}
	// A look-alike is just another host; the list of allowed hosts says so.
	if err := CheckBaseURL("https://api.openai.com.evil", false); err != nil {
		t.Error(err)
	}
}

func TestABadAddressIsNotRepeated(t *testing.T) {
	t.Parallel()
	for _, raw := range []string{"https://user:hunter2@example.com/", "https://example.com:hunter2/", "ftp://user:hunter2@example.com", "https://exa mple/hunter2", "https://example.com/?key=hunter2"} {
		if err := CheckBaseURL(raw, false); err == nil || strings.Contains(err.Error(), "hunter2") {
			t.Errorf("%q: %v", raw, err)
		}
	}
}

func FuzzCheckBaseURL(f *testing.F) {
	for _, seed := range []string{"https://api.openai.com/v1", "http://[::1]:1", "https://a@b", "https://xn--x", "http://10.0.0.1", "https://[fe80::1%25a]"} {
		f.Add(seed, true)
	}
	f.Fuzz(func(t *testing.T, raw string, private bool) {
		if CheckBaseURL(raw, private) != nil {
			return
		}
		u, err := url.Parse(raw)
		if err != nil || u.User != nil || u.Hostname() == "" || u.RawQuery != "" || u.Fragment != "" || u.Scheme != "https" && u.Scheme != "http" {
			t.Fatalf("%q is permitted", raw)
		}
		ip, err := netip.ParseAddr(u.Hostname())
		if err == nil && (reachOf(ip) == reachNever || reachOf(ip) == reachPrivate && !private) {
			t.Fatalf("%q leads to %s", raw, reachOf(ip))
		}
		if !private && CheckBaseURL(raw, true) != nil {
			t.Fatalf("%q is refused once private networks are allowed", raw)
		}
	})
}

func TestOnlyAllowedHostsAreCalled(t *testing.T) {
	t.Parallel()
	fake := start(t, fakemodel.Always(fakemodel.Answer{Text: "ok", Usage: fakemodel.Usage{Input: 1, Output: 1}}))
	host, port, _ := strings.Cut(fake.Addr(), ":")
	for _, tt := range []struct {
		allowed []string
		ok      bool
	}{
		{[]string{fake.Addr()}, true},
		{[]string{host}, true},
		{[]string{" " + strings.ToUpper(host) + " ", "other.example"}, true},
		{nil, false},
		{[]string{"api.openai.com"}, false},
		{[]string{host + ":1"}, false},
		{[]string{"localhost:" + port}, false}, // another name is another host
		{[]string{host + ".evil"}, false},
	} {
		client, err := HTTPClient(Transport{AllowedHosts: tt.allowed})
		if err != nil {
			t.Fatal(err)
		}
		c, err := NewOpenAI(Options{APIKey: testKey, BaseURL: fake.BaseURL(fakemodel.OpenAI), HTTP: client})
		if err != nil {
			t.Fatal(err)
		}
		before := len(fake.Requests())
		_, err = c.Complete(t.Context(), Request{Model: "m", Prompt: "hi", MaxOutputTokens: 5})
		if (err == nil) != tt.ok || (len(fake.Requests()) > before) != tt.ok {
			t.Errorf("allowed %q: %v", tt.allowed, err)
		}
		var fault *Error
		if !tt.ok && (!errors.As(err, &fault) || fault.Sent || fault.Retryable || !strings.Contains(fault.Message, "not one of the allowed hosts")) {
			t.Errorf("allowed %q: %#v", tt.allowed, err)
		}
	}
	for _, bad := range []string{"", "https://api.openai.com", "*.openai.com", "a b", "user@host"} {
		if _, err := HTTPClient(Transport{AllowedHosts: []string{bad}}); err == nil {
			t.Errorf("allowed host %q is accepted", bad)
		}
	}
}

func TestARedirectMakesNoSecondRequest(t *testing.T) {
	t.Parallel()
	var second atomic.Int32
	elsewhere := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { second.Add(1) }))
	defer elsewhere.Close()
	for _, status := range []int{301, 302, 303, 307, 308} {
		for v, model := range vendors() {
			fake := start(t, fakemodel.Always(fakemodel.Answer{Status: status, Header: map[string]string{"Location": elsewhere.URL}}))
			// Even where the other host is allowed and the client given would follow.
			c := open(t, v, fake, func(o *Options) {
				o.HTTP = &http.Client{Transport: o.HTTP.Transport}
			})
			_, err := c.Complete(t.Context(), Request{Model: model, Prompt: "hi", MaxOutputTokens: 5})
			var fault *Error
			if !errors.As(err, &fault) || fault.Status != status || fault.Retryable {
				t.Errorf("%s, %d: %#v", v, status, err)
			}
			if n := len(fake.Requests()); n != 1 {
				t.Errorf("%s, %d: %d requests", v, status, n)
			}
		}
	}
	client, err := HTTPClient(Transport{AllowedHosts: []string{"127.0.0.1"}})
	if err != nil {
		t.Fatal(err)
	}
	from := httptest.NewServer(http.RedirectHandler(elsewhere.URL, http.StatusFound))
	defer from.Close()
	resp, err := client.Get(from.URL)
	if err != nil || resp.StatusCode != http.StatusFound {
		t.Errorf("%v, %v", resp, err)
	}
	if n := second.Load(); n > 0 {
		t.Errorf("%d redirects were followed", n)
	}
}

func TestTheAddressIsCheckedWhenItIsDialled(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		address                string
		public, private, plain bool // permitted: over https, with private networks, over http with them
	}{
		{"93.184.216.34:443", true, true, false},
		{"[2606:4700::1111]:443", true, true, false},
		{"10.1.2.3:443", false, true, true},
		{"192.168.1.1:443", false, true, true},
		{"172.16.0.1:443", false, true, true},
		{"100.64.1.1:443", false, true, true},
		{"[fd12:3456::1]:443", false, true, true},
		{"198.18.0.1:443", false, true, true},
		{"127.0.0.1:443", false, true, true}, // a name that is not loopback's own
		{"[::1]:443", false, true, true},
		{"[::ffff:10.0.0.1]:443", false, true, true},
		{"169.254.169.254:443", false, false, false},
		{"[::ffff:169.254.169.254]:443", false, false, false},
		{"[fe80::1]:443", false, false, false},
		{"[fd00:ec2::254]:443", false, false, false},
		{"100.100.100.200:443", false, false, false},
		{"168.63.129.16:443", false, false, false},
		{"0.0.0.0:443", false, false, false},
		{"[::]:443", false, false, false},
		{"224.0.0.251:443", false, false, false},
		{"[64:ff9b::7f00:1]:443", false, true, true},
	} {
		ip := netip.MustParseAddrPort(tt.address).Addr()
		for _, rule := range []struct {
			addressRule
			want bool
		}{
			{addressRule{public: true}, tt.public},
			{addressRule{public: true, private: true, loopback: true}, tt.private},
			{addressRule{private: true, loopback: true}, tt.plain},
		} {
			if err := rule.check(ip); (err == nil) != rule.want {
				t.Errorf("%s under %+v: %v", tt.address, rule.addressRule, err)
			}
		}
	}
}

func TestTheDialerRefusesBeforeItConnects(t *testing.T) {
	t.Parallel()
	fake := start(t, nil)
	_, port, _ := strings.Cut(fake.Addr(), ":")
	g := &guard{}
	public := g.dialer(addressRule{public: true})
	var refused *refusedError
	for _, address := range []string{"10.255.255.1:443", "169.254.169.254:80", "192.168.255.254:443"} {
		if _, err := public(t.Context(), "tcp", address); !errors.As(err, &refused) {
			t.Errorf("%s: %v", address, err)
		}
	}
	// The loopback address by a name of its own is permitted, and with the
	// rule of that name alone.
	conn, err := public(t.Context(), "tcp", "localhost:"+port)
	if err != nil {
		t.Fatal(err)
	}
	if err := conn.Close(); err != nil {
		t.Error(err)
	}
	// What is a proxy may stand in a private network.
	g.proxies.Store("127.0.0.1:"+port, true)
	if conn, err := g.dialer(addressRule{})(t.Context(), "tcp", "127.0.0.1:"+port); err != nil {
		t.Error(err)
	} else if err := conn.Close(); err != nil {
		t.Error(err)
	}
}

func TestACertificateOfOnesOwn(t *testing.T) {
	t.Parallel()
	server := httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "hello") }))
	defer server.Close()
	own := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: server.Certificate().Raw})
	for _, tt := range []struct {
		ca []byte
		ok bool
	}{{own, true}, {nil, false}} {
		client, err := HTTPClient(Transport{AllowedHosts: []string{"127.0.0.1"}, CA: tt.ca})
		if err != nil {
			t.Fatal(err)
		}
		resp, err := client.Get(server.URL)
		if (err == nil) != tt.ok {
			t.Errorf("with own certificate %v: %v", tt.ca != nil, err)
		}
		if err == nil {
			_ = resp.Body.Close()
		} else if retryableFault(err) {
			t.Error("a wrong certificate is worth no second try")
		}
	}
	if _, err := HTTPClient(Transport{CA: []byte("not PEM")}); err == nil {
		t.Error("a CA file without a certificate is accepted")
	}
}

func TestAProxyIsUsedForHTTPSAlone(t *testing.T) {
	t.Parallel()
	var asked atomic.Value
	proxy := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked.Store(r.Method + " " + r.Host)
		w.WriteHeader(http.StatusForbidden)
	}))
	defer proxy.Close()
	client, err := HTTPClient(Transport{AllowedHosts: []string{"model.example", "127.0.0.1"}, Proxy: func(*http.Request) (*url.URL, error) { return url.Parse(proxy.URL) }})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := client.Get("https://model.example/"); err == nil || asked.Load() != "CONNECT model.example:443" {
		t.Errorf("%v, the proxy was asked %v", err, asked.Load())
	}
	asked.Store("nothing")
	if _, err := client.Get("https://10.0.0.1/"); err == nil || asked.Load() != "nothing" {
		t.Errorf("%v, the proxy was asked %v", err, asked.Load())
	}
	plain := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {}))
	defer plain.Close()
	if resp, err := client.Get(plain.URL); err != nil || asked.Load() != "nothing" {
		t.Errorf("%v, the proxy was asked %v", err, asked.Load())
	} else {
		_ = resp.Body.Close()
	}
}

func TestAResponseIsCapped(t *testing.T) {
	t.Parallel()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		chunk := make([]byte, 1<<20)
		for range 20 {
			if _, err := w.Write(chunk); err != nil {
				return
			}
		}
	}))
	defer server.Close()
	client, err := HTTPClient(Transport{AllowedHosts: []string{"127.0.0.1"}})
	if err != nil {
		t.Fatal(err)
	}
	resp, err := client.Get(server.URL)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = resp.Body.Close() }()
	if n, err := io.Copy(io.Discard, resp.Body); !errors.Is(err, errTooLarge) || n > maxStream {
		t.Errorf("%d bytes, %v", n, err)
	}
}

// elsewhere is an SDK gone wrong: it sends to another host, or twice.
func TestAKeyGoesToItsOwnHostAndOnce(t *testing.T) {
	t.Parallel()
	o := Options{APIKey: testKey, HTTP: &http.Client{Transport: canned{200, "text/event-stream", nil}}}
	for _, target := range []string{"https://evil.example/", "http://api.openai.com/", "https://api.openai.com:444/", "https://api.openai.com.evil/"} {
		ctx, x := o.open(t.Context(), "openai", mustParse(t, "https://api.openai.com/v1"))
		req, err := http.NewRequestWithContext(ctx, http.MethodPost, target, strings.NewReader("{}"))
		if err != nil {
			t.Fatal(err)
		}
		var refused *refusedError
		if _, err := x.client().Do(req); !errors.As(err, &refused) {
			t.Errorf("%s: %v", target, err)
		}
		x.close()
	}
	ctx, x := o.open(t.Context(), "openai", mustParse(t, "https://api.openai.com/v1"))
	defer x.close()
	for _, want := range []error{nil, errTwice} {
		req, err := http.NewRequestWithContext(ctx, http.MethodPost, "https://api.openai.com/v1/chat/completions", strings.NewReader("{}"))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := x.client().Do(req); !errors.Is(err, want) {
			t.Errorf("%v, want %v", err, want)
		}
	}
}

func TestTheHostOfAVendor(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ name, base, want string }{
		{"anthropic", "", "api.anthropic.com"},
		{"openai", "", "api.openai.com"},
		{"gemini", "", "generativelanguage.googleapis.com"},
		{"openai", "http://LocalHost:11434/v1", "localhost:11434"},
		{"acme", "", ""},
		{"openai", "/v1", ""},
		{"azure", "", ""}, // every customer has an address of their own
		{"bedrock", "https://bedrock-mantle.eu-west-1.api.aws/anthropic", "bedrock-mantle.eu-west-1.api.aws"},
	} {
		if got, err := Host(tt.name, tt.base); got != tt.want || (err == nil) != (tt.want != "") {
			t.Errorf("Host(%q, %q) = %q, %v", tt.name, tt.base, got, err)
		}
	}
	for _, v := range All() {
		if err := CheckBaseURL(v.BaseURL+v.Example, false); err != nil {
			t.Errorf("%s: %v", v.Name, err)
		}
	}
}
