package change

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
)

// Digest names the content of a change: the SHA-256, in hex, over paths,
// statuses, modes, counts and lines of its files in their order, and over
// what is known to be missing. Commits do not count, so the same change on
// another base has the same digest where its line numbers are the same. Lines
// that were withheld are not in it: two changes that differ only there look
// alike, and a caller that reuses results must look at Withheld first.
func Digest(c Change) string {
	sum := sha256.New()
	var d digest
	d.number(len(c.Incomplete))
	for _, reason := range c.Incomplete {
		d.text(reason)
	}
	d.number(len(c.Files))
	for _, f := range c.Files {
		d.file(f)
		_, _ = sum.Write(d.bytes) // a hash never fails to write
		d.bytes = d.bytes[:0]
	}
	_, _ = sum.Write(d.bytes)
	return hex.EncodeToString(sum.Sum(nil))
}

// digest collects the canonical form. Each value stands with its length, so
// that no two lists of values run together into the same bytes.
type digest struct{ bytes []byte }

func (d *digest) number(n int) { d.bytes = binary.BigEndian.AppendUint64(d.bytes, uint64(n)) }

func (d *digest) text(s string) {
	d.number(len(s))
	d.bytes = append(d.bytes, s...)
}

func (d *digest) flag(set bool) {
	if set {
		d.number(1)
		return
	}
	d.number(0)
}

func (d *digest) file(f File) {
	for _, s := range [...]string{f.Path, f.OldPath, string(f.Status), f.OldMode, f.NewMode} {
		d.text(s)
	}
	d.flag(f.Binary)
	d.flag(f.Withheld)
	d.number(f.Additions)
	d.number(f.Deletions)
	d.number(len(f.Hunks))
	for _, h := range f.Hunks {
		d.hunk(h)
	}
}

func (d *digest) hunk(h Hunk) {
	for _, n := range [...]int{h.OldStart, h.OldLines, h.NewStart, h.NewLines, len(h.Lines)} {
		d.number(n)
	}
	d.lines(h.Lines)
}

func (d *digest) lines(lines []Line) {
	for _, line := range lines {
		d.number(int(line.Op))
		d.text(line.Text)
		d.flag(line.CR)
		d.flag(line.NoEOL)
	}
}
