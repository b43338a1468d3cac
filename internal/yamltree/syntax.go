package yamltree

import (
	"bytes"
	"errors"
	"io"
	"regexp"
	"strconv"

	"github.com/tierwise/tierwise/internal/diag"
	"gopkg.in/yaml.v3"
)

// maxLocateBytes bounds the search for the place of a mistake, which reads
// the beginning of the file again for each of its lines.
const maxLocateBytes = 2 << 20

var libraryLine = regexp.MustCompile(`^yaml: (?:line (\d+): )?`)

// syntax reports what the library could not read. Its own line number is
// often that of the block around the mistake, and it has no column.
func (p *parser) syntax(err error) {
	message := libraryLine.ReplaceAllString(err.Error(), "")
	line := p.firstBadLine()
	if line == 0 {
		line = libraryLineOf(err)
	}
	line = min(max(line, 1), len(p.lines))
	text := p.line(line)
	indent := len(text) - len(bytes.TrimLeft(text, " \t"))
	p.report(diag.Position{File: p.file, Line: line, Col: indent + 1}, "yaml-syntax", "this is not YAML: %.200s", message)
}

func libraryLineOf(err error) int {
	match := libraryLine.FindStringSubmatch(err.Error())
	if match == nil {
		return 0
	}
	line, err := strconv.Atoi(match[1])
	if err != nil {
		return 0
	}
	return line
}

// firstBadLine is the line after the longest beginning of the file that can
// be read: a list or quote that never closes is found where it opens. It is 0
// where the search would take too long.
func (p *parser) firstBadLine() int {
	budget := maxLocateBytes
	for line := len(p.lines); line > 1; line-- {
		text := bytes.TrimLeft(p.line(line), " ")
		if len(text) == 0 || text[0] == '#' {
			continue
		}
		end := p.lines[line-1]
		if budget -= end; budget < 0 {
			return 0
		}
		if readable(p.data[:end]) {
			return line
		}
	}
	return 1
}

func readable(data []byte) bool {
	decoder := yaml.NewDecoder(bytes.NewReader(data))
	for {
		if _, err := next(decoder); err != nil {
			return errors.Is(err, io.EOF)
		}
	}
}
