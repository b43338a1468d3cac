package task

import (
	"bytes"
	"cmp"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"
)

// Bounds of an XML document: depth of elements, and characters that are kept
// of one message.
const (
	maxXMLDepth   = 100
	maxXMLMessage = 4096
)

// junitReader walks the tokens of JUnit XML: testsuites, testsuite, testcase,
// and in it failure, error or skipped. Nothing is built of the document but
// the tests that failed.
type junitReader struct {
	suites []string // names of the open testsuite elements
	test   *FailedTest
	bad    bool
	skip   bool
	text   *strings.Builder // of the open failure or error, while it is kept
	attr   string           // its message attribute
	out    Failures
	failed int
	passed int
	skips  int
	seen   bool
}

// parseJUnit reads one document, or several one after the other, as they come
// from joining files. A document type is refused, since entities could be
// declared in it; encoding/xml itself expands none.
func parseJUnit(log []byte) (Failures, error) {
	d := xml.NewDecoder(bytes.NewReader(bytes.TrimPrefix(log, []byte("\ufeff"))))
	d.CharsetReader = latin1
	var r junitReader
	for depth := 0; ; {
		token, err := d.RawToken()
		if errors.Is(err, io.EOF) {
			if depth != 0 {
				return Failures{}, errors.New("parse JUnit XML: the document is cut off")
			}
			return r.result()
		}
		if err != nil {
			return Failures{}, fmt.Errorf("parse JUnit XML: %w", err)
		}
		switch t := token.(type) {
		case xml.Directive:
			return Failures{}, errors.New("parse JUnit XML: it has a document type, which test results do not need")
		case xml.StartElement:
			if depth++; depth > maxXMLDepth {
				return Failures{}, fmt.Errorf("parse JUnit XML: nested deeper than %d", maxXMLDepth)
			}
			r.start(t)
		case xml.EndElement:
			if depth--; depth < 0 {
				return Failures{}, errors.New("parse JUnit XML: an element ends that did not begin")
			}
			r.end(t.Name.Local)
		case xml.CharData:
			if r.text != nil && r.text.Len() < maxXMLMessage {
				r.text.Write(t[:min(len(t), maxXMLMessage)])
			}
		}
	}
}

func attribute(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			return clipBytes(strings.ToValidUTF8(a.Value, "\uFFFD"), maxXMLMessage)
		}
	}
	return ""
}

func (r *junitReader) start(e xml.StartElement) {
	switch e.Name.Local {
	case "testsuite":
		r.seen = true
		r.suites = append(r.suites, attribute(e, "name"))
	case "testsuites":
		r.seen = true
	case "testcase":
		r.seen, r.bad, r.skip = true, false, false
		suite := attribute(e, "classname")
		if suite == "" && len(r.suites) > 0 {
			suite = r.suites[len(r.suites)-1]
		}
		r.test = &FailedTest{Name: strings.TrimSpace(attribute(e, "name")), Suite: strings.TrimSpace(suite), File: attribute(e, "file"), Line: atoi(clipBytes(attribute(e, "line"), 7))}
	case "failure", "error":
		if r.test != nil && !r.bad {
			r.bad, r.text, r.attr = true, &strings.Builder{}, attribute(e, "message")
		}
	case "skipped":
		r.skip = true
	}
}

func (r *junitReader) end(name string) {
	switch name {
	case "testsuite":
		r.suites = r.suites[:max(0, len(r.suites)-1)]
	case "failure", "error":
		if r.text != nil {
			r.message(r.text.String())
			r.text = nil
		}
	case "testcase":
		r.close()
	}
}

// message takes the error from pytest's "E   " line, which stands below the
// source, else from the attribute, else from the text; and the place from the
// text where the test has none.
func (r *junitReader) message(text string) {
	r.test.Error = clip(cmp.Or(pytestError(text), firstLine(r.attr), firstLine(text)), maxError)
	if r.test.File != "" && r.test.Line != 0 {
		return
	}
	file, line := r.test.placeIn(text)
	if r.test.File == "" || strings.HasSuffix(file, r.test.File) || strings.HasSuffix(r.test.File, file) && file != "" {
		r.test.File, r.test.Line = cmp.Or(r.test.File, file), line
	}
}

func pytestError(text string) string {
	for line := range strings.Lines(text) {
		if rest, ok := strings.CutPrefix(line, "E  "); ok && strings.TrimSpace(rest) != "" {
			return strings.TrimSpace(rest)
		}
	}
	return ""
}

// placeIn finds where a test failed in its stack: the first frame in a file
// that is a test's or is called as its class is, else the first of all.
func (t FailedTest) placeIn(text string) (file string, line int) {
	class := t.Suite[strings.LastIndexByte(t.Suite, '.')+1:]
	for row := range strings.Lines(text) {
		f, n := placeIn(row)
		if f == "" {
			continue
		}
		if testPath().MatchString(f) || class != "" && strings.HasPrefix(path.Base(f), class+".") {
			return f, n
		}
		if file == "" {
			file, line = f, n
		}
	}
	return file, line
}

func firstLine(text string) string {
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); line != "" {
			return line
		}
	}
	return ""
}

func (r *junitReader) close() {
	switch {
	case r.test == nil:
	case r.bad:
		r.failed++
		if len(r.out.Failed) < maxFailed {
			r.out.Failed = append(r.out.Failed, *r.test)
		}
	case r.skip:
		r.skips++
	default:
		r.passed++
	}
	r.test, r.text = nil, nil
}

func (r *junitReader) result() (Failures, error) {
	if !r.seen {
		return Failures{}, nil
	}
	r.out.Format = "JUnit XML"
	r.out.Counts = Counts{Passed: known(r.passed), Failed: known(r.failed), Skipped: known(r.skips)}
	return r.out, nil
}

// latin1 reads the encodings of which every byte is a character; the decoder
// knows UTF-8 itself, and anything else is refused.
func latin1(charset string, input io.Reader) (io.Reader, error) {
	switch strings.ToLower(charset) {
	case "us-ascii", "ascii", "iso-8859-1", "latin1", "windows-1252":
	default:
		return nil, fmt.Errorf("encoding %.40q is not read", charset)
	}
	data, err := io.ReadAll(io.LimitReader(input, MaxLog))
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", charset, err)
	}
	var b bytes.Buffer
	for _, c := range data {
		b.WriteRune(rune(c))
	}
	return &b, nil
}
