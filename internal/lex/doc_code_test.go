package lex

import "testing"

func TestCodeInDocCommentsIsCode(t *testing.T) {
	t.Parallel()
	const code = "pub fn a() {}\n"
	for name, c := range map[string]struct {
		text string
		same bool
	}{
		"tildes":                       {"/// A.\n///\n/// ~~~\n/// exit(0);\n/// ~~~\n", false},
		"tildes at the top":            {"//! ~~~\n//! f();\n//! ~~~\n", false},
		"tildes in a quotation":        {"/// > ~~~\n/// > f();\n/// > ~~~\n", false},
		"tildes in a block":            {"/**\n~~~\nf();\n~~~\n*/\n", false},
		"set in within a block":        {"/**\n\n    f();\n\n*/\n", false},
		"set in behind stars":          {"/** *     f(); */\n", false},
		"set in behind stars, lines":   {"/** A.\n *\n *     f();\n */\n", false},
		"set in within an inner block": {"/*! A.\n\n    f();\n*/\n", false},
		"set in by a tab":              {"/** A.\n\n\tf();\n*/\n", false},
		"set in within a quotation":    {"/// >     f();\n", false},
		"set in within a list":         {"/// - A.\n///\n///       f();\n", false},
		"prose":                        {"/// A, and ~ b ~~ c.\n", true},
		"prose in a block":             {"/** A.\n * b\n *  - c\n */\n", true},
		"a plain block":                {"/*\n    A.\n*/\n", true},
		"a list":                       {"/// 1. A.\n///   b\n", true},
	} {
		if got := Compare("a.rs", code, c.text+code); got.Code != c.same {
			t.Errorf("%s: %+v", name, got)
		}
	}
}

func TestAFenceStaysOpenUntilItsOwnEnd(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		before, after string
		same          bool
	}{
		"a shorter run inside":          {"/// ````\n/// ```\n/// a();\n/// ````\nf();\n", "/// ````\n/// ```\n/// b();\n/// ````\nf();\n", false},
		"another sign inside":           {"/// ~~~\n/// ```\n/// a();\n/// ~~~\nf();\n", "/// ~~~\n/// ```\n/// b();\n/// ~~~\nf();\n", false},
		"the line break inside a block": {"/**\n~~~\na(); // b\nc();\n~~~\n*/\nf();\n", "/**\n~~~\na(); // b c();\n~~~\n*/\nf();\n", false},
		"behind the end":                {"/// ```\n/// a();\n/// ```\n/// And.\nf();\n", "/// ```\n/// a();\n/// ```\n/// And prose.\nf();\n", true},
		"behind code in one line":       {"/// ```a```\n/// And.\nf();\n", "/// ```a```\n/// And prose.\nf();\n", true},
	} {
		if got := Compare("a.rs", c.before, c.after); got.Code != c.same {
			t.Errorf("%s: %+v", name, got)
		}
	}
}

func TestExamplesThatToolsRunAreCode(t *testing.T) {
	t.Parallel()
	for _, c := range [][3]string{
		{"a.scala", "class A\n", "/** A.\n *\n * >>> f()\n */\n"},
		{"a.py", "f()\n", "# >>> f()\n"},
		{"a.cs", "class A {}\n", "/// A. <include file='x' path='y'/>\n"},
		{"a.go", "package a\n", "//sys f() (err error)\n"},
		{"a.rb", "x = 1\n", "# warn_past_scope: true\n"},
	} {
		if Compare(c[0], c[1], c[2]+c[1]).Code {
			t.Errorf("%s: %q is taken for prose", c[0], c[2])
		}
	}
}

func TestLinesThatMeanSomethingByTheirNumberStay(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		path, before, after string
		same                bool
	}{
		{"a.js", "#!/usr/bin/env node\nf()\n", "// a\n#!/usr/bin/env node\nf()\n", false},
		{"a.ts", "#!/usr/bin/env node\nf()\n", "// a\n#!/usr/bin/env node\nf()\n", false},
		{"a.rb", "#!/usr/bin/env ruby\nf\n", "# a\n#!/usr/bin/env ruby\nf\n", false},
		{"a.py", "#!/bin/sh\nx = 1\n", "# a\n#!/bin/sh\nx = 1\n", false},
		{"a.py", "# a\n#!/bin/sh\nx = 1\n", "#!/bin/sh\nx = 1\n", false},
		{"a.py", "# -*- coding: latin-1 -*-\nx = 1\n", "# a\n# b\n# -*- coding: latin-1 -*-\nx = 1\n", false},
		{"a.py", "# a\n# b\n# vim: set fileencoding=latin-1 :\nx = 1\n", "# b\n# vim: set fileencoding=latin-1 :\nx = 1\n", false},
		{"a.rb", "# encoding: ascii\nf\n", "# a\n# encoding: ascii\nf\n", false},
		{"a.rb", "# frozen_string_literal: true\nf\n", "# a\n\n# frozen_string_literal: true\nf\n", false},
		{"Dockerfile", "# syntax=docker/dockerfile:1\nFROM a\n", "# a\n# syntax=docker/dockerfile:1\nFROM a\n", false},
		{"a.css", "@charset \"utf-8\";\na{b:c}\n", "/* a */\n@charset \"utf-8\";\na{b:c}\n", false},
		{"a.js", "#!/usr/bin/env node\nf()\n", "#!/usr/bin/env node\nf()\n// a\n", true},
		{"a.sh", "#!/bin/sh\nf\n", "#!/bin/sh\nf\n# a\n", true},
		{"a.py", "# -*- coding: utf-8 -*-\nx = 1\n", "# -*- coding: utf-8 -*-\nx = 1\n# a\n", true},
		{"a.rb", "# frozen_string_literal: true\n\nf\n", "# frozen_string_literal: true\n\nf\n# a\n", true},
	} {
		if got := Compare(c.path, c.before, c.after); got.Code != c.same {
			t.Errorf("%s %q: %+v", c.path, c.after, got)
		}
	}
}

func TestALineOfCodeInADocCommentIsNoCommentLine(t *testing.T) {
	t.Parallel()
	for line, want := range map[string]bool{"/// ~~~": false, " *     f();": false, "/// >     f();": false, "/// >>> f()": false, " * A.": true, "/// A.": true} {
		if got := CommentLine("a.rs", line); got != want {
			t.Errorf("%q: %v", line, got)
		}
	}
}
