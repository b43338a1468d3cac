package signal

import (
	"slices"
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

// entitling says that a token is not one of a lexer, a model or a design: by
// the words beside it, and by the file, unless the line says whose it is.
func entitling(l line) bool {
	if otherTokens(l) && !l.has("access", "refresh", "auth", "secret", "bearer", "session", "user", "api", "csrf", "jwt") {
		return false
	}
	return !l.has("max", "prompt", "completion", "llm", "lexer", "parser", "parse", "lex", "tokenizer", "tokenize", "design", "theme", "css", "color", "syntax", "budget",
		"usage", "context", "ast", "cancellation", "stream", "embedding", "position", "kind") || l.has("access", "refresh", "auth", "secret", "bearer")
}

// otherTokens tells files whose tokens let nobody in: styles, and by their own
// name lexers and themes.
func otherTokens(l line) bool {
	switch l.ext {
	case ".css", ".scss", ".sass", ".less", ".styl", ".pcss":
		return true
	}
	return slices.ContainsFunc(wordsOf(l.path[strings.LastIndexByte(l.path, '/')+1:], nil), func(w string) bool {
		return slices.Contains([]string{"lexer", "tokenizer", "tokeniser", "parser", "grammar", "theme", "themes", "tailwind", "palette", "typography", "highlighter", "ast"}, w)
	})
}
