package fakegithub

import (
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"unicode/utf16"
)

// Remark is a review comment on a line of a pull request.
type Remark struct {
	ID        int64
	Author    Person
	Path      string
	StartLine int // 0 where it is one line
	Line      int
	Body      string
	ReplyTo   int64 // 0 where it begins a thread
	// Text is the line that it was made on: once the patch does not show it
	// any more, the comment is outdated.
	Text      string
	Resolved  bool
	Minimized bool
	// ResolvedBy is who resolved it, "" where the account is gone.
	ResolvedBy string
}

func (k *Remark) nodeID() string   { return "PRRC_" + strconv.FormatInt(k.ID, 10) }
func (k *Remark) threadID() string { return "PRRT_" + strconv.FormatInt(k.ID, 10) }

// position gives the line at which the patch shows the remark's text now, 0
// where it is outdated.
func (k *Remark) position(p *Pull) int {
	last := 0
	for number, text := range p.newSide(k.Path) {
		if number > 0 && text == k.Text && (last == 0 || abs(number-k.Line) < abs(last-k.Line)) {
			last = number
		}
	}
	return last
}

func abs(n int) int { return max(n, -n) }

// newSide gives the lines that a file's patch shows, by their number in the
// new file.
func (p *Pull) newSide(path string) map[int]string {
	lines := map[int]string{}
	for _, row := range p.Files {
		if row.Path != path {
			continue
		}
		number := 0
		for line := range strings.SplitSeq(row.Patch, "\n") {
			switch {
			case strings.HasPrefix(line, "@@"):
				_, rest, _ := strings.Cut(line, "+")
				if _, err := fmt.Sscanf(rest, "%d", &number); err != nil {
					return nil
				}
				lines[-number] = "" // a hunk begins here
			case !strings.HasPrefix(line, "-") && !strings.HasPrefix(line, `\`):
				lines[number] = strings.TrimPrefix(strings.TrimPrefix(line, "+"), " ")
				number++
			}
		}
	}
	return lines
}

func listRemarks(c *call) reply {
	p := c.repo.Pulls[c.number("pull_number")]
	if p == nil {
		return notFound()
	}
	remarks, header := page(c, c.repo.Remarks[p.Number])
	fill := func(k *Remark) object { return c.remark(p, k) }
	return reply{status: http.StatusOK, header: header, body: fillAll(c.s.spec, "pull-request-review-comment", remarks, fill)}
}

func (c *call) remark(p *Pull, k *Remark) object {
	v := object{
		"id": k.ID, "node_id": k.nodeID(), "body": k.Body, "path": k.Path, "user": account(k.Author), "author_association": "NONE",
		"commit_id": p.Head.SHA, "original_commit_id": p.Head.SHA, "line": nil, "position": nil, "original_line": k.Line, "side": "RIGHT",
	}
	if at := k.position(p); at > 0 {
		v["line"], v["position"] = at, at
	}
	if k.ReplyTo != 0 {
		v["in_reply_to_id"] = k.ReplyTo
	}
	return v
}

// reviewBody is what a review sends.
type reviewBody struct {
	CommitID string `json:"commit_id"`
	Body     string `json:"body"`
	Event    string `json:"event"`
	Comments []struct {
		Path      string `json:"path"`
		Body      string `json:"body"`
		Side      string `json:"side"`
		Line      int    `json:"line"`
		StartLine int    `json:"start_line"`
		StartSide string `json:"start_side"`
		Position  *int   `json:"position"`
	} `json:"comments"`
}

// createReview takes comments alone: nothing here ever approves.
func createReview(c *call) reply {
	p := c.repo.Pulls[c.number("pull_number")]
	var b reviewBody
	switch {
	case p == nil:
		return notFound()
	case !c.decode(&b):
		return failed(http.StatusBadRequest, "Problems parsing JSON")
	case b.Event != "COMMENT":
		c.s.fail(c.r, "a review of the event %q", b.Event)
	case b.CommitID != p.Head.SHA:
		return failed(http.StatusUnprocessableEntity, "Unprocessable Entity: commit_id is not part of the pull request")
	case b.Body == "":
		return failed(http.StatusUnprocessableEntity, "Unprocessable Entity: body is missing")
	}
	var made []*Remark
	for _, k := range b.Comments {
		if k.Position != nil || k.Side != "RIGHT" || k.StartLine != 0 && (k.StartSide != "RIGHT" || k.StartLine >= k.Line) {
			c.s.fail(c.r, "a comment stands at %+v", k)
		}
		if !p.shows(k.Path, k.StartLine, k.Line) {
			return failed(http.StatusUnprocessableEntity, "Unprocessable Entity: Line could not be resolved")
		}
		if len(utf16.Encode([]rune(k.Body))) > maxComment {
			return failed(http.StatusUnprocessableEntity, "Unprocessable Entity: body is too long")
		}
		c.s.nextID++
		made = append(made, &Remark{ID: c.s.nextID, Author: ourselves(), Path: k.Path, StartLine: k.StartLine, Line: k.Line, Body: k.Body, Text: p.newSide(k.Path)[k.Line]})
	}
	c.repo.Remarks[p.Number] = append(c.repo.Remarks[p.Number], made...)
	c.s.nextID++
	v := object{"id": c.s.nextID, "body": b.Body, "state": "COMMENTED", "commit_id": b.CommitID, "user": account(ourselves()), "author_association": "NONE"}
	return ok(c.s.spec.fill("pull-request-review", v))
}

// shows says whether the lines stand in one hunk of the file's patch.
func (p *Pull) shows(path string, from, to int) bool {
	lines := p.newSide(path)
	if from == 0 {
		from = to
	}
	for n := from; n <= to; n++ {
		if _, there := lines[n]; !there {
			return false
		}
		if _, begins := lines[-n]; begins && n > from {
			return false
		}
	}
	return to > 0
}
