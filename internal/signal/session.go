package signal

import (
	"strings"

	"github.com/tierwise/tierwise/internal/task"
)

func session() Signal {
	return Signal{
		ID:      "session",
		Summary: "sessions, cookies or access tokens were touched",
		Why:     "who holds a session or a token is that person: a wrong flag, expiry or lookup gives it to somebody else",
		Example: "+	res.cookie(\"sid\", id, { httpOnly: true, sameSite: \"lax\" })",
		Fix:     "tokens of a lexer, of a model or of a design are told apart by the words beside them; rename what is still taken for one",
		Needs:   []Need{NeedsDiff},
		Domains: []task.Domain{task.Security},
		Content: &content{reads: acting, paths: strings.Fields("session sessions cookie cookies"), rules: sessionRules},
	}
}

func sessionRules() []rule {
	return []rule{
		spoken("cookie cookies bearer samesite httponly revocation"),
		spoken("session sessions").where(personal),
		spoken("token tokens").where(entitling),
		shown("secure http same", "a flag of a cookie", `(?i)\b(?:http_?only|same_?site|__Host-|cookie_?secure|secure_?cookie)`),
		shown("revoke revoked revokes", "something is revoked", `(?i)\brevoke[ds]?\w*\b`),
	}
}

// personal says that a session is not one of a database, a terminal or a model.
func personal(l line) bool {
	return !l.has("db", "sql", "orm", "database", "async", "execute", "commit", "flush", "engine", "sqlalchemy", "transaction", "tmux", "spark", "boto3", "onnx",
		"storage", "repository", "mongo", "cassandra", "chat", "debug")
}

// entitling says that a token is not one of a lexer, a model or a design.
func entitling(l line) bool {
	return !l.has("max", "prompt", "completion", "llm", "lexer", "parser", "parse", "lex", "tokenizer", "tokenize", "design", "theme", "css", "color", "syntax", "budget",
		"usage", "context", "ast", "cancellation", "stream", "embedding", "position", "kind") || l.has("access", "refresh", "auth", "secret", "bearer")
}
