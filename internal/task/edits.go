package task

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/tierwise/tierwise/internal/sanitize"
)

// Bounds of an answer that edits files.
const (
	maxEdits    = 60
	maxNewFiles = 10
	maxRewrites = 12       // files that are touched; each is held against the whole change
	maxNewText  = 32 << 10 // bytes of one piece of new text
	maxPatch    = 200 << 10
	maxNotes    = 2000 // characters
)

// editsSchema is the form of an answer that edits files. A diff is not asked
// for: models miscount its lines. A text to look for and the text to put in
// its place are what they copy well, and code of ours makes the diff.
const editsSchema = `{
  "type": "object",
  "additionalProperties": false,
  "required": ["edits", "files", "notes"],
  "properties": {
    "edits": {
      "type": "array",
      "description": "Changes of files that were shown whole. Empty where there is nothing to change.",
      "items": {
        "type": "object",
        "additionalProperties": false,
        "required": ["path", "old", "new"],
        "properties": {
          "path": {"type": "string", "description": "The file's path, as it was shown."},
          "old": {"type": "string", "description": "Whole lines of the file, copied exactly, that occur in it once."},
          "new": {"type": "string", "description": "What takes their place: the same lines with the addition."}
        }
      }
    },
    "files": {
      "type": "array",
      "description": "New files. Empty where none is needed.",
      "items": {
        "type": "object",
        "additionalProperties": false,
        "required": ["path", "content"],
        "properties": {
          "path": {"type": "string", "description": "A path that does not exist yet."},
          "content": {"type": "string", "description": "The whole file."}
        }
      }
    },
    "notes": {"type": "string", "description": "One to four sentences: what was added, and what was left alone and why."}
  }
}`

// editsRule says how an answer that edits files is written.
const editsRule = `How to write an edit: "path" is a file that was shown whole in a block "file at the head". "old" is one or several whole lines of that file, copied exactly, with their indentation, and must occur in it exactly once: take in as many lines around the place as it needs. "new" is what stands there afterwards: the lines of "old", unchanged, with your lines before, between or after them. Two edits of one file must not touch the same lines. A new file stands under "files" with its whole content; never put a file that exists there. Line numbers and diffs are not asked for.`

type editsAnswer struct {
	Edits []edit    `json:"edits"`
	Files []newFile `json:"files"`
	Notes string    `json:"notes"`
}

type edit struct {
	Path string `json:"path"`
	Old  string `json:"old"`
	New  string `json:"new"`
}

type newFile struct {
	Path    string `json:"path"`
	Content string `json:"content"`
}

// rewrite is one file as it is and as it would be.
type rewrite struct {
	path          string
	before, after string
	fresh         bool // the file is new
}

// readEdits decodes an answer and holds it to its bounds.
func readEdits(answer []byte) (editsAnswer, []Problem) {
	var a editsAnswer
	if problems := readAnswer(answer, []byte(editsSchema), &a); problems != nil {
		return a, problems
	}
	var problems []Problem
	switch {
	case len(a.Edits) > maxEdits:
		problems = brokenForm("there are %d edits, more than %d", len(a.Edits), maxEdits)
	case len(a.Files) > maxNewFiles:
		problems = brokenForm("there are %d new files, more than %d", len(a.Files), maxNewFiles)
	case len([]rune(a.Notes)) > maxNotes:
		problems = brokenForm("the notes have more than %d characters", maxNotes)
	case strings.TrimSpace(a.Notes) == "":
		problems = brokenForm("the notes are empty")
	}
	problems = append(problems, plainText("notes", "the notes", a.Notes)...)
	for _, e := range a.Edits {
		problems = append(problems, plainText(e.Path, "the path of an edit", e.Path)...)
		problems = append(problems, plainText(e.Path, "an edit", e.New)...)
	}
	for _, f := range a.Files {
		problems = append(problems, plainText(f.Path, "the path of a new file", f.Path)...)
		problems = append(problems, plainText(f.Path, "the new file", f.Content)...)
	}
	return a, problems
}

// plainText refuses text that is not what it looks like, and text without
// bound.
func plainText(path, what, text string) []Problem {
	if len(text) > maxNewText {
		return brokenForm("%s of %.80q has %d bytes, more than %d", what, path, len(text), maxNewText)
	}
	if _, hidden := sanitize.StripInvisible(text); hidden > 0 || !utf8.ValidString(text) {
		return []Problem{problem("hidden-text", "%s of %.80q holds characters that nobody sees", what, path)}
	}
	return nil
}

// rewrites carries the edits out on the texts at the head. What cannot be
// carried out is a problem, never a guess.
func (a editsAnswer) rewrites(in Input) ([]rewrite, []Problem) {
	var all []rewrite
	var problems []Problem
	paths, byPath := a.edited()
	for _, path := range paths {
		text, shown := in.Head[path]
		if !shown {
			problems = append(problems, problem("not-applying", "the file %.120q was not shown, and cannot be edited", path))
			continue
		}
		after, wrong := applyEdits(path, text, byPath[path])
		problems = append(problems, wrong...)
		if wrong == nil {
			all = append(all, rewrite{path: path, before: text, after: after})
		}
	}
	for i, f := range a.Files {
		if why := notNew(in, f.Path, a.Files[:i]); why != "" {
			problems = append(problems, problem("not-applying", "the new file %.120q %s", f.Path, why))
			continue
		}
		all = append(all, rewrite{path: f.Path, after: endedLine(strings.ReplaceAll(f.Content, "\r\n", "\n")), fresh: true})
	}
	if len(all) > maxRewrites {
		problems = append(problems, brokenForm("%d files are touched, more than %d", len(all), maxRewrites)...)
	}
	slices.SortFunc(all, func(x, y rewrite) int { return cmp.Compare(x.path, y.path) })
	return all, problems
}

// edited gives the edits by path, and the paths in their order.
func (a editsAnswer) edited() (paths []string, byPath map[string][]edit) {
	byPath = map[string][]edit{}
	for _, e := range a.Edits {
		if byPath[e.Path] == nil {
			paths = append(paths, e.Path)
		}
		byPath[e.Path] = append(byPath[e.Path], e)
	}
	return paths, byPath
}

// span is where an edit's old text stands.
type span struct {
	from, to int
	text     string // what takes its place
}

// applyEdits puts each new text in the place of its old one. All of them look
// at the file as it is: no edit may rely on another.
func applyEdits(path, text string, edits []edit) (string, []Problem) {
	crlf := strings.Contains(text, "\r\n") && strings.Count(text, "\n") == strings.Count(text, "\r\n")
	spans := make([]span, 0, len(edits))
	for _, e := range edits {
		old, with := endingsOf(e.Old, crlf), endingsOf(e.New, crlf)
		if old == with {
			return "", []Problem{problem("not-applying", "an edit of %.120q changes nothing", path)}
		}
		at, why := onlyPlace(text, old)
		if why != "" {
			return "", []Problem{problem("not-applying", "the old text of an edit of %.120q %s: %.60q", path, why, opening(e.Old))}
		}
		spans = append(spans, span{at, at + len(old), with})
	}
	slices.SortFunc(spans, func(x, y span) int { return cmp.Compare(x.from, y.from) })
	var b strings.Builder
	done := 0
	for _, s := range spans {
		if s.from < done {
			return "", []Problem{problem("not-applying", "two edits of %.120q touch the same text", path)}
		}
		b.WriteString(text[done:s.from] + s.text)
		done = s.to
	}
	return b.String() + text[done:], nil
}

// onlyPlace finds a text that stands once in another, overlapping places
// counted, and says why not where it does not.
func onlyPlace(text, part string) (at int, why string) {
	if part == "" {
		return 0, "is empty"
	}
	at = strings.Index(text, part)
	switch {
	case at < 0:
		return 0, "does not stand in the file"
	case strings.Contains(text[at+1:], part):
		return 0, "stands in the file more than once"
	}
	return at, ""
}

// endingsOf writes line ends as a file has them: a model writes newlines, and
// a file that was written on Windows has more.
func endingsOf(text string, crlf bool) string {
	text = strings.ReplaceAll(text, "\r\n", "\n")
	if crlf {
		return strings.ReplaceAll(text, "\n", "\r\n")
	}
	return text
}

// notNew says why a path cannot be a new file's, "" where it can.
func notNew(in Input, path string, earlier []newFile) string {
	if len(in.HeadPaths) == 0 {
		return "cannot be told from one that exists: the files at the head are not known"
	}
	fold := strings.ToLower(path)
	for _, f := range earlier {
		if strings.ToLower(f.Path) == fold {
			return "is given twice"
		}
	}
	for _, p := range in.HeadPaths {
		switch p = strings.ToLower(p); {
		case p == fold:
			return "exists"
		case strings.HasPrefix(fold, p+"/"):
			return "would stand in a file"
		case strings.HasPrefix(p, fold+"/"):
			return "is a folder"
		}
	}
	return ""
}

func endedLine(text string) string {
	if text == "" || strings.HasSuffix(text, "\n") {
		return text
	}
	return text + "\n"
}

func opening(text string) string {
	line, _, _ := strings.Cut(strings.TrimSpace(text), "\n")
	return line
}
