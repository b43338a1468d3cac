package change

import (
	"crypto/sha256"
	"encoding/hex"
)

// PatchDigest names what happens to one file: the SHA-256, in hex, over its
// paths, status, modes and every line of its hunks, context included. Line
// numbers do not count, so that a rebase leaves it as it was where it changes
// nothing around the lines. Unlike git patch-id, white space counts.
func PatchDigest(f File) string {
	var d digest
	for _, s := range [...]string{f.Path, f.OldPath, string(f.Status), f.OldMode, f.NewMode} {
		d.text(s)
	}
	d.flag(f.Binary)
	d.flag(f.Withheld)
	d.number(f.Additions)
	d.number(f.Deletions)
	d.number(len(f.Hunks))
	for _, h := range f.Hunks {
		d.text(h.Section)
		d.number(len(h.Lines))
		d.lines(h.Lines)
	}
	sum := sha256.Sum256(d.bytes)
	return hex.EncodeToString(sum[:])
}
