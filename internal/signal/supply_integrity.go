package signal

import (
	"slices"
	"strings"

	"github.com/tierwise/tierwise/internal/change"
)

func integrityRules() []rule {
	return []rule{
		{words: []string{"integrity", "checksum", "sha512", "sha256", "hash"}, on: change.Delete, match: unlessKept(checksumGone)},
		{files: []string{"go.sum"}, on: change.Add, match: unlessKept(otherSum)},
		removedSafety("what is fetched is checked no more", `\bsha(?:256|512|1)sum\b.*(?:-c\b|--check)|\bshasum\b.*(?:-c\b|--check)|\bgpgv?\b.*--verify|\bcosign\s+verify|gh attestation verify|slsa-verifier|\bminisign\b.*-V|gpgcheck\s*=\s*1|--verify-signatures|\bjarsigner\s+-verify`,
			"sha256sum", "sha512sum", "sha1sum", "shasum", "gpg", "gpgv", "cosign", "attestation", "slsa", "minisign", "gpgcheck", "verify", "jarsigner"),
		removedSafety("a release is signed or attested no more", `\bcosign\s+sign|sigstore/|attest-build-provenance|\bactions/attest\b|--provenance\b|^provenance:\s*(?:true|mode)|NPM_CONFIG_PROVENANCE|slsa-framework/|^attestations:\s*true|^sbom:\s*true|gpg --(?:detach-)?sign|^signing\s*\{`,
			"cosign", "sigstore", "attest", "provenance", "slsa", "attestations", "sbom", "gpg", "signing"),
	}
}

var checksumLine = probing(`^["']?(?:integrity|checksum)["']?\s*[:= ]|^resolution:\s*\{.*integrity:|--hash=sha256|^\{file = .*hash = "sha`)

// checksumGone fires where a checksum went and its package stayed: with the
// package go its version and its name.
func checksumGone(l line, b block) string {
	if !checksumLine.in(l) {
		return ""
	}
	if slices.ContainsFunc(b.beside(l), checksumLine.in) {
		return ""
	}
	for _, gone := range b.removed[:min(len(b.removed), maxBeside)] {
		if gone.code != l.code && !checksumLine.in(gone) {
			return ""
		}
	}
	return "a checksum is removed and its package stays"
}

// otherSum finds another checksum for the same module and version.
func otherSum(l line, b block) string {
	now := strings.Fields(l.code)
	if len(now) != 3 {
		return ""
	}
	for _, was := range b.beside(l) {
		before := strings.Fields(was.code)
		if len(before) == 3 && before[0] == now[0] && before[1] == now[1] && before[2] != now[2] {
			return "the same version has another checksum"
		}
	}
	return ""
}
