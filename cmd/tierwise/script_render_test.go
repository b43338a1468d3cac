package main

import (
	"bytes"
	"regexp"
	"strings"

	"github.com/rogpeppe/go-internal/testscript"
	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/renderer/html"
)

// commandRender renders markdown as GitHub would, raw HTML and all, and writes
// what a browser would act on, one a line: every tag that is not plain
// formatting, with its attributes. What stands in code is only text.
//
//	render FILE TAGS
func commandRender(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: render FILE TAGS")
	}
	markdown := goldmark.New(goldmark.WithExtensions(extension.GFM), goldmark.WithRendererOptions(html.WithUnsafe()))
	var page bytes.Buffer
	ts.Check(markdown.Convert([]byte(ts.ReadFile(args[0])), &page))
	tag := regexp.MustCompile(`(?s)<[a-zA-Z!?][^>]*>`)
	plain := regexp.MustCompile(`^<(h[1-6]|p|table|thead|tbody|tr|th|td|strong|em|del|code|pre|ul|ol|li|blockquote|details|summary|hr|br|input)( (align|style|class|checked|disabled|type)="[^"]*")* ?/?>$`)
	var lines []string
	for _, t := range tag.FindAllString(page.String(), -1) {
		if !plain.MatchString(t) {
			lines = append(lines, strings.ReplaceAll(t, "\n", `\n`))
		}
	}
	writeScriptFile(ts, args[1], strings.Join(append(lines, ""), "\n"))
}
