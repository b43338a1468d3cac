package pipeline

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"

	"github.com/tierwise/tierwise/internal/policy"
	"github.com/tierwise/tierwise/internal/signal"
	"github.com/tierwise/tierwise/internal/task"
)

// Known lists the names that a policy may use.
func Known() policy.Known {
	var signals []string
	for _, s := range signal.All() {
		signals = append(signals, s.ID)
	}
	return policy.Known{Tasks: task.All(), Signals: signals}
}

// usePolicy parses what was found at the base, or takes the built-in default
// and says so. A broken policy is an error: it stops before any spend, and so
// does one that extends another which cannot be had.
func (w *Work) usePolicy(ctx context.Context, name string, data []byte, found bool, where string) error {
	if !found && w.Extending.File != nil {
		return w.useFileAlone(name, where)
	}
	if !found {
		file, err := policy.Default(Known())
		if err != nil {
			return fmt.Errorf("read the built-in policy: %w", err)
		}
		w.Policy, w.PolicyDigest = file, digest(policy.DefaultText())
		w.Notes = append(w.Notes, fmt.Sprintf("no %s %s: the built-in default decided", name, where))
		return nil
	}
	file, findings := policy.Parse(name, data, Known())
	if err := findings.Err(); err != nil {
		return &BrokenPolicyError{Findings: findings}
	}
	w.PolicyText = &PolicyText{Name: name, Data: data}
	return w.extend(ctx, file, data)
}

func digest(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}
