package signal

import (
	"slices"
	"strings"
)

// isSnapshot tells the outputs that tests compare with: of Jest, Vitest,
// Playwright, Insta, syrupy, Verify, ApprovalTests and golden files. A source
// file is none by its name: order.approved.ts holds code.
func isSnapshot(p place) bool {
	switch {
	case p.hasExt(".snap", ".ambr") || p.ends(".snap.new", ".snap.png"):
		return true
	case p.under("__snapshots__", ".snapshots", "__image_snapshots__", "__file_snapshots__", "__golden__"):
		return true
	case p.source() || p.hasExt(proseExts()...):
		return false
	}
	return snapshotName(p) || snapshotFolder(p)
}

func snapshotName(p place) bool {
	_, inner := splitExt(p.stem)
	marks := []string{".golden", ".approved", ".verified", ".received", ".cassette"}
	return p.hasExt(marks...) || slices.Contains(marks, inner)
}

func snapshotFolder(p place) bool {
	switch {
	case p.under("golden", "goldens", "golden_files", "cassettes", "vcr_cassettes"):
		return true
	case slices.ContainsFunc(p.dirs, func(dir string) bool { return strings.HasSuffix(dir, "-snapshots") && strings.Contains(dir, ".") }):
		return true
	}
	return p.under("snapshots", "snapshot", "approvals", "baselines") && p.hasExt(".txt", ".json", ".xml", ".svg", ".png", ".out", ".raw")
}
