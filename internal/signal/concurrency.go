package signal

import (
	"strings"

	"github.com/tierwise/tierwise/internal/change"
)

func concurrency() Signal {
	return Signal{
		ID:      "concurrency",
		Summary: "what keeps things apart that run at the same time was removed or changed",
		Why:     "a race shows only under load, and no test of one thread finds it",
		Example: "-	s.mu.Lock()",
		Fix:     "a lock that moved within its block does not fire; leave the signal out of must_frontier: where it fires too often",
		Needs:   []Need{NeedsDiff},
		Content: &content{reads: running, rules: concurrencyRules},
	}
}

func concurrencyRules() []rule {
	return []rule{
		gone("lock unlock rlock mutex rwmutex mu locked synchronized", "a lock was removed",
			`(?i)\.r?(?:un)?lock\(|\bsynchronized\b|\b(?:rw)?mutex\b|\block\s*\(\w|with\s+\w*\.?\w*lock\w*\b.*:|ReentrantLock|\basync with\b.*lock|std::lock_guard|unique_lock|scoped_lock|@synchronized|Monitor\.Enter`, "lock rlock mutex rwmutex synchronized"),
		gone("with advisory lock lockforupdate sharedlock update select for pessimistic optimistic version", "a lock of rows was removed",
			`(?i)with_?lock\b|advisory_?(?:xact_?)?lock|lock_?for_?update|shared_?lock|\bfor\s+(?:no\s+key\s+)?update\b|select_for_update|with_for_update|PESSIMISTIC_|OPTIMISTIC|@Version|lock!|FOR\s+SHARE`, "lock update pessimistic optimistic version"),
		gone("atomic atomicinteger atomiclong compare swap cas volatile", "an atomic access was removed", `(?i)\batomic\w*[.:<(]|Atomic(?:Integer|Long|Bool\w*|Reference)|compare_?(?:and_?)?(?:swap|exchange|set)|\bvolatile\b`, "atomic atomicinteger atomiclong swap volatile"),
		gone("transaction isolation serializable begin", "a transaction was removed", `(?i)\btransaction(?:al|s)?\b\s*[.({!:]|@Transactional|\batomic\(\)|isolation_?level|serializable|\bbegin_?(?:tx|transaction)\w*\(|\$transaction`, "transaction transactional isolation atomic tx begin"),
		gone("semaphore wait group waitgroup errgroup barrier latch join once", "waiting for others was removed", `(?i)\bsemaphore\w*\b|\.wait\(\)|waitgroup|\berrgroup\.|countdownlatch|\bonce\.do\(|sync\.once|threading\.\w+|\.join\(\)`, "semaphore wait waitgroup errgroup latch join once all gather"),
		awaited(),
		shown("isolation serializable repeatable committed", "the isolation of a transaction changed", `(?i)isolation_?level|serializable|repeatable[_ ]read|read[_ ](?:un)?committed`),
		shown("mutex rwmutex synchronized semaphore", "what keeps threads apart changed", `(?i)\b(?:rw)?mutex\b|\bsynchronized\b|\bsemaphore\b`),
	}
}

// awaited finds a call that is no longer waited for, and is still made.
func awaited() rule {
	return rule{words: []string{"await"}, on: change.Delete, match: func(l line, b block) string {
		if l.comment() || b.kept(l) || l.has("import") {
			return ""
		}
		for _, o := range b.beside(l) {
			if strings.Join(strings.Fields(strings.Replace(l.code, "await ", "", 1)), " ") == strings.Join(strings.Fields(o.code), " ") {
				return "a call is no longer waited for"
			}
		}
		return ""
	}}
}
