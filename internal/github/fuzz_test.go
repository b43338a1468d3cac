package github

import (
	"encoding/json"
	"testing"

	gh "github.com/google/go-github/v62/github"
)

// Rows are never lost in silence: every row but an unchanged one is a file, or
// a doubt, or the whole listing is an error; and no line is counted away.
func FuzzParseRows(f *testing.F) {
	f.Add([]byte(`[{"filename":"a.go","status":"modified","patch":"@@ -1 +1 @@\n-x\n+y","additions":1,"deletions":1,"changes":2}]`))
	f.Add([]byte(`[{"filename":"a","status":"added","patch":"<html>","additions":3,"deletions":0,"changes":3},{"filename":"a","status":"unchanged"}]`))
	f.Add([]byte(`[null]`))
	f.Add([]byte(`[{"filename":"b","previous_filename":"a","status":"renamed","changes":0},{"filename":"b","status":"removed"}]`))
	f.Fuzz(func(t *testing.T, data []byte) {
		var rows []*gh.CommitFile
		if json.Unmarshal(data, &rows) != nil {
			return
		}
		files, doubts, err := parseRows(rows)
		if err != nil {
			return
		}
		want, additions := 0, 0
		for _, r := range rows {
			if r.GetStatus() != "unchanged" {
				want++
				additions += r.GetAdditions()
			}
		}
		got := 0
		for _, file := range files {
			got += file.Additions
			if !file.Withheld && len(file.Hunks) == 0 && file.Additions+file.Deletions > 0 {
				t.Errorf("%q lost its lines: %+v", file.Path, file)
			}
		}
		if len(doubts) == 0 && (len(files) != want || got != additions) {
			t.Errorf("%d rows with %d lines gave %d files with %d and no doubt", want, additions, len(files), got)
		}
	})
}

// What is taken for a file's content has the path and the size that it claims.
func FuzzDecodeFile(f *testing.F) {
	f.Add([]byte(`{"type":"file","path":"a","size":3,"encoding":"base64","content":"aGVs\n"}`))
	f.Add([]byte(`{"type":"symlink","path":"a","target":"/etc/passwd"}`))
	f.Add([]byte(` [{"type":"file"}]`))
	f.Add([]byte(`{"type":"file","path":"a","size":0}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		content, err := decodeFile(data, "a")
		if err != nil {
			return
		}
		var claimed struct {
			Type, Path string
			Size       int
		}
		if err := json.Unmarshal(data, &claimed); err != nil || claimed.Type != "file" || claimed.Path != "a" || claimed.Size != len(content) || len(content) > maxFile {
			t.Errorf("%.200s was taken for %d bytes of a file", data, len(content))
		}
	})
}
