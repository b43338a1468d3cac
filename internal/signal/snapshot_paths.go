package signal

import (
	"slices"
	"strings"
)

// isSnapshot tells the outputs that tests compare with: of Jest, Vitest,
// Playwright, Insta, syrupy, Verify, ApprovalTests and golden files.
func isSnapshot(p place) bool {
	switch {
	case p.hasExt(".snap", ".ambr", ".golden", ".approved", ".cassette") || p.ends(".snap.new", ".snap.png"):
		return true
	case p.under("__snapshots__", ".snapshots", "__image_snapshots__", "__file_snapshots__", "__golden__", "cassettes", "vcr_cassettes"):
		return true
	case slices.ContainsFunc(p.dirs, func(dir string) bool { return strings.HasSuffix(dir, "-snapshots") && strings.Contains(dir, ".") }):
		return true
	case strings.Contains(p.name, ".golden.") || strings.Contains(p.name, ".approved.") || strings.Contains(p.name, ".verified.") || strings.Contains(p.name, ".received."):
		return true
	}
	if p.source() || p.hasExt(proseExts()...) {
		return false
	}
	return p.under("golden", "goldens", "golden_files") || p.under("snapshots", "snapshot", "approvals", "baselines") && p.hasExt(".txt", ".json", ".xml", ".svg", ".png", ".out", ".raw")
}
