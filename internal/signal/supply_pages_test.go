package signal

import "testing"

func TestPagesThatRunCode(t *testing.T) {
	t.Parallel()
	checkLines(t, supplyChain(), pagesThatRun(), pagesAlike())
}

func pagesThatRun() []lineCase {
	return []lineCase{
		{"a hook of MkDocs", "mkdocs.yml", " site_name: a\n+hooks:\n+  - docs/hook.py"},
		{"one more hook", "mkdocs.yml", " hooks:\n+  - docs/hook.py"},
		{"a module of macros", "mkdocs.yml", "   - macros:\n+      module_name: docs/main"},
		{"a script in a picture of the docs", "docs/logo.svg", "+  <script>fetch('/x')</script>"},
		{"a handler in a picture", "assets/logo.svg", "-  <rect width=\"1\"/>\n+  <rect width=\"1\" onload=\"fetch('/x')\"/>"},
		{"a link that is a script", "assets/logo.svg", "+  <a xlink:href=\"javascript:alert(1)\">"},
		{"a page in a picture", "assets/logo.svg", "+  <foreignObject><iframe src=\"https://x.example\"/></foreignObject>"},
		{"files in a page", "docs/a.mdx", "+import fs from 'fs'"},
		{"a program in a page", "docs/a.mdx", "+import { execSync } from 'node:child_process'"},
		{"a script of another host", "mkdocs.yml", " extra_javascript:\n+  - https://cdn.shop.example/a.js"},
		{"an expression in a page", "docs/a.mdx", "+{require('child_process').execSync('id')}"},
	}
}

func pagesAlike() []lineCase {
	return []lineCase{
		{"a page of MkDocs", "mkdocs.yml", " nav:\n+  - Guide: guide.md"},
		{"a picture", "assets/logo.svg", "-  <rect width=\"1\"/>\n+  <rect width=\"2\"/>"},
		{"a component in a page", "docs/a.mdx", "+import Tabs from '@theme/Tabs'"},
		{"a file of one line", ".nvmrc", "-20\n+22"},
		{"a sample in a page", "docs/a.mdx", " ```ts\n+import fs from 'fs'"},
		{"a variable in a sample", "docs/a.mdx", "+    url: process.env.URL,"},
		{"a word in a picture", "assets/a.svg", "+  <text>one = two</text>"},
		{"a path in a sentence", "docs/a.mdx", "+See docs/setup for more."},
	}
}
