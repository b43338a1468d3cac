package change

import (
	"errors"
	"fmt"
)

// Row is one entry of GitHub's list of a pull request's files
// (https://docs.github.com/en/rest/pulls/pulls#list-pull-requests-files).
// Counts are lines. HasPatch says that the entry had a patch at all.
type Row struct {
	Path      string
	OldPath   string
	Status    string
	Patch     string
	HasPatch  bool
	Additions int
	Deletions int
	Changes   int
}

// ParsePatch reads one row. A patch must hold exactly the lines that the row
// counts, or it is an error. A row without a patch is Withheld unless it is a
// pure rename or copy: a row that counts nothing may be an empty file or a
// mode change, and may be a binary or lines that the platform dropped
// (https://github.com/orgs/community/discussions/213491). A row whose status
// is "unchanged" is an error; the caller drops it.
func ParsePatch(row Row) (File, error) {
	f, err := parseRow(row)
	if err != nil {
		return File{}, fmt.Errorf("parse patch of %.200q: %w", row.Path, err)
	}
	return f, nil
}

func parseRow(row Row) (File, error) {
	status, err := rowStatus(row)
	if err != nil {
		return File{}, err
	}
	f := File{Path: row.Path, Status: status, Additions: row.Additions, Deletions: row.Deletions}
	if status == Renamed || status == Copied {
		f.OldPath = row.OldPath
	}
	if !row.HasPatch || row.Patch == "" {
		pure := f.OldPath != "" && row.Changes == 0
		f.Withheld = !pure
		return f, nil
	}
	if len(row.Patch) > maxDiff {
		return File{}, fmt.Errorf("larger than %d MiB", maxDiff>>20)
	}
	s := newScanner(endLine(row.Patch))
	if f.Hunks, err = s.hunks(); err != nil {
		return File{}, err
	}
	if !s.done() {
		return File{}, s.unexpected()
	}
	return f, row.checkPatch(f)
}

func rowStatus(row Row) (Status, error) {
	if row.Path == "" {
		return "", errors.New("row without a path")
	}
	if row.Additions < 0 || row.Deletions < 0 || row.Changes != row.Additions+row.Deletions {
		return "", fmt.Errorf("counts do not add up: %d additions, %d deletions, %d changes", row.Additions, row.Deletions, row.Changes)
	}
	switch status := Status(row.Status); status {
	case Added, Modified, Removed:
		return status, nil
	case "changed":
		return Modified, nil
	case Renamed, Copied:
		if row.OldPath == "" {
			return "", fmt.Errorf("%s file without its previous path", status)
		}
		return status, nil
	}
	return "", fmt.Errorf("unknown status %.40q, expected one of added, modified, changed, removed, renamed, copied", row.Status)
}

func (row Row) checkPatch(f File) error {
	sum := count(f.Hunks)
	if sum.added != row.Additions || sum.removed != row.Deletions {
		return fmt.Errorf("the patch adds %d and removes %d lines, the row counts %d and %d",
			sum.added, sum.removed, row.Additions, row.Deletions)
	}
	return f.checkSides()
}
