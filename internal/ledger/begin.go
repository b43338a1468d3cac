package ledger

import (
	"crypto/sha256"
	"encoding/hex"
	"strconv"

	"github.com/tierwise/tierwise/internal/dispatch"
	"github.com/tierwise/tierwise/internal/money"
)

// Begin gives the record that is written before the first call of a task: what
// it cost is not known yet, and at most bound.
func Begin(meta Meta, r dispatch.Result, bound money.Cost) Record {
	r.Attempts, r.Reused = nil, nil
	unknown := money.Cost{State: money.Unknown}
	r.Cost, r.Baseline, r.Saved = unknown, unknown, unknown
	rec := FromResult(meta, r)
	rec.Status, rec.Tokens, rec.Bound = Begun, Tokens{}, amount(bound)
	rec.TierUsed = ""
	return rec
}

// ActorDigest names a person for one repository and one UTC day (YYYY-MM-DD).
// It is no secret: whoever knows the login can make it again. It keeps names
// out of the ledger and days apart.
func ActorDigest(repository, day, login string) string {
	h := sha256.New()
	for _, part := range []string{repository, day, login} {
		h.Write([]byte(strconv.Itoa(len(part)) + ":" + part + ";"))
	}
	return hex.EncodeToString(h.Sum(nil)[:16])
}
