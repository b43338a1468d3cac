package workflow

import "strings"

// written is what the scripts of a job say of variables.
type written struct {
	loopback map[string]bool // given an address of the machine itself
	handed   map[string]bool // written anew for the steps that follow
}

var assigned = lazily(`([A-Za-z_][A-Za-z0-9_]*)(?:=|<<)`)

// scripts reads the scripts of a job once, whatever the number of its calls.
func (j *Job) scripts() *written {
	if j.written != nil {
		return j.written
	}
	j.written = &written{map[string]bool{}, map[string]bool{}}
	for _, s := range j.Steps {
		if s.Run == nil {
			continue
		}
		for _, m := range loopbackIn().FindAllStringSubmatch(s.Run.Text, -1) {
			j.written.loopback[m[1]] = true
		}
		if !strings.Contains(s.Run.Text, "GITHUB_ENV") {
			continue
		}
		for _, m := range assigned().FindAllStringSubmatch(s.Run.Text, -1) {
			j.written.handed[m[1]] = true
		}
	}
	return j.written
}
