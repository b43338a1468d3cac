package signal

import (
	"strconv"
)

// opens and shuts are names whose true lets in, or keeps out.
const (
	opensNames = `allow allowed allows public anonymous insecure skip bypass disable disabled permit trusted trust admin writable privileged expose exposed ignore open guest
		unsafe unauthenticated optional force`
	shutsNames = `require required requires auth authenticated authentication authorization authorize verify verified validate validation secure httponly http strict enforce
		enforced protected private signed encrypt encrypted encryption csrf mfa captcha sandbox rbac acl guard guarded check readonly restricted login permission sso tls ssl deny`
)

var opensSet, shutsSet = setOfWords(opensNames), setOfWords(shutsNames)

// changedWord gives the one word in which two lines differ, and reports
// whether they are alike but for it.
func changedWord(was, is line) (before, after string, at int, ok bool) {
	if len(was.words) != len(is.words) {
		return "", "", 0, false
	}
	at = -1
	for i := range was.words {
		if was.words[i] == is.words[i] {
			continue
		}
		if at >= 0 {
			return "", "", 0, false
		}
		at = i
	}
	if at < 0 {
		return "", "", 0, false
	}
	return was.words[at], is.words[at], at, true
}

// loosenedSwitch finds an access rule that was set the other way.
func loosenedSwitch(was, is line) string {
	before, after, _, ok := changedWord(was, is)
	if !ok || is.has("use") && is.has("state", "ref", "signal") {
		return ""
	}
	switch before + " " + after {
	case "deny allow", "denied allowed", "reject accept", "block allow", "block permit", "deny permit", "required optional", "private public", "forbid allow", "restricted public":
		return before + " became " + after
	case "false true", "off on", "disabled enabled", "no yes":
		if is.hasOf(opensSet()) && !is.has("test", "debug", "log") {
			return "what lets in was switched on"
		}
	case "true false", "on off", "enabled disabled", "required none", "yes no":
		if is.hasOf(shutsSet()) {
			return "what keeps out was switched off"
		}
	}
	return ""
}

// roles go from the most to the least power.
const roles = "root superuser superadmin admin administrator owner maintainer manager staff moderator editor member user viewer guest everyone anyone anonymous"

var roleSet = setOfWords(roles)

// otherRole finds a line that asks for, or gives, another role than before.
func otherRole(was, is line) string {
	before, after, _, ok := changedWord(was, is)
	if !ok || !roleSet().holds(before) || !roleSet().holds(after) {
		return ""
	}
	if !is.has("role", "roles", "permission", "permissions", "access", "authorize", "authority", "require", "requires", "has", "is", "allowed", "group", "groups", "if", "level", "grant", "middleware", "scope") {
		return ""
	}
	return before + " became " + after
}

var boundedSet = setOfWords("attempts login password token session rate otp iterations rounds bits salt code lockout requests upload body bcrypt cost expires expiry key")

// otherBound finds a number that bounds who gets in, and was moved the way
// that lets more in.
func otherBound(was, is line) string {
	before, after, _, ok := changedWord(was, is)
	if !ok || !is.hasOf(boundedSet()) {
		return ""
	}
	x, err := strconv.ParseInt(before, 10, 64)
	y, err2 := strconv.ParseInt(after, 10, 64)
	if err != nil || err2 != nil {
		return ""
	}
	least := is.has("min", "minimum", "length", "iterations", "rounds", "bits", "cost", "bcrypt")
	if least && y < x || !least && y > x {
		return "a bound went from " + before + " to " + after
	}
	return ""
}
