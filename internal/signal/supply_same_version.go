package signal

import (
	"slices"
	"strings"

	"github.com/tierwise/tierwise/internal/change"
)

// sameVersionRules find other bytes under the name and the version that were
// there before.
func sameVersionRules() []rule {
	return []rule{
		{words: strings.Fields("integrity checksum sha512 sha256 sha1 hash hashes shasum reference"), on: change.Add, match: unlessKept(otherBytes)},
		{words: []string{"resolved", "tarball"}, on: change.Add, match: unlessKept(otherPackage)},
	}
}

var (
	sumKey = expression(`(?i)\b(?:integrity|checksum|sha(?:1|256|384|512)|hash(?:es)?|shasum|reference)\b`)
	// namesVersion tells lines that say which version a checksum is of.
	namesVersion = expression(`(?i)\bversion\b|[@(/=_-]v?\d+\.\d`)
)

// sumValue says that a text is of the letters of a checksum.
func sumValue(text string) bool {
	for i := range len(text) {
		c := text[i]
		if c >= 'a' && c <= 'z' || upper(c) || digit(c) || strings.IndexByte("_+/=.:-", c) >= 0 {
			continue
		}
		return false
	}
	return true
}

// pinsBytes tells files that hold checksums of what is fetched.
func pinsBytes(l line) bool {
	p := splitPath(l.path)
	return isLockFile(p) || p.named("verification-metadata.xml") || dependencyList(p)
}

// otherBytes finds a checksum that changed while its version stayed.
func otherBytes(l line, b block) string {
	if !l.fits(sumKey()) || strings.Contains(l.code, "content-hash") || !pinsBytes(l) {
		return "" // content-hash is of the list of what is asked for
	}
	for _, was := range b.beside(l) {
		around, ok := sameButSum(was.code, l.code)
		if !ok || strongerSum(was.code, l.code) {
			continue
		}
		if around != "" && namesVersion().Fits(around) || versionStays(l, b) {
			return "the same version has another checksum"
		}
	}
	return ""
}

// sameButSum gives what two lines share around the one value in which they
// differ.
func sameButSum(was, is string) (around string, ok bool) {
	if was == is || len(was) > longLine || len(is) > longLine {
		return "", false
	}
	start := 0
	for start < min(len(was), len(is)) && was[start] == is[start] {
		start++
	}
	end := 0
	for end < min(len(was), len(is))-start && was[len(was)-1-end] == is[len(is)-1-end] {
		end++
	}
	key := is[:start]
	if !sumValue(was[start:len(was)-end]) || !sumValue(is[start:len(is)-end]) || !sumKey().Fits(key) {
		return "", false
	}
	// The value begins where the text before it does: that part is no version.
	return key[:max(strings.LastIndexAny(key, " \"':"), 0)] + strings.TrimLeft(is[len(is)-end:], "0123456789abcdefABCDEF+/="), true
}

// strongerSum says that a sum by a weak function gave way to one by a strong
// one.
func strongerSum(was, is string) bool {
	return strings.Contains(was, "sha1-") && !strings.Contains(is, "sha1-")
}

// versionStays reads the lines above for the version that a value is of. Any
// other change in the same entry says that the entry is another one.
func versionStays(l line, b block) bool {
	own, _ := b.sidesOf(l)
	for _, o := range own.lines[max(0, l.at-maxItems):l.at] {
		if !b.named(o) && !o.fits(sumKey()) {
			return false
		}
	}
	stays := false
	for _, o := range slices.Backward(b.over.lines) {
		code := strings.TrimSpace(o.Text)
		switch {
		case len(code) > longLine || strings.HasPrefix(code, "}") || strings.HasPrefix(code, "[["):
			return stays
		case o.Op != change.Context && !sumKey().Fits(code):
			return false
		case namesVersion().Fits(code) && !strings.Contains(code, "dev-"):
			stays = true
		}
	}
	return stays || versionUnder(b)
}

// versionUnder reads the lines below, where some lock files have the version.
func versionUnder(b block) bool {
	return slices.ContainsFunc(b.under, func(o change.Line) bool {
		return strings.HasPrefix(strings.TrimSpace(o.Text), "version:") && len(b.over.lines) > 0
	})
}

// otherPackage finds an entry that kept its version and has another address.
func otherPackage(l line, b block) string {
	if !isLockFile(splitPath(l.path)) {
		return ""
	}
	_, host := lockHost(l)
	if host == "" || slices.ContainsFunc(b.beside(l), func(was line) bool { return withoutNumbers(was.code) == withoutNumbers(l.code) }) {
		return ""
	}
	for _, was := range b.beside(l) {
		if _, before := lockHost(was); before == host && versionStays(l, b) {
			return "the same version comes from another address"
		}
	}
	return ""
}
