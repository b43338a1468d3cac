package signal

func featureFlag() Signal {
	return Signal{
		ID:      "feature-flag",
		Summary: "a feature flag or a step of a rollout changed",
		Why:     "a flag decides for whom code runs: a default that flips reaches everybody at once",
		Example: "-  rollout_percentage: 5\n+  rollout_percentage: 100",
		Fix:     "name flags so that they do not read like other settings, or leave the signal out of the policy",
		Needs:   []Need{NeedsDiff},
		Content: &content{reads: running, rules: flagRules},
	}
}

// flagged leaves out imports and long lines, which are data.
func flagged(text, expr string, words ...string) rule {
	r := either(text, expr, words...)
	match := r.match
	r.match = func(l line, b block) string {
		if len(l.code) > maxDeclared || brings(l.code) {
			return ""
		}
		return match(l, b)
	}
	return r
}

func flagRules() []rule {
	return []rule{
		flagged("a feature flag", `(?i)\bfeature[_-]\w+[_-](?:enabled|active|on)\b|\bfeature[_-]?(?:flag|toggle|gate|switch|enabled)|\bfeatures?\s*[.(\[]+\s*["']?\w*(?:enabled|active|flag)|\bis_?feature_?(?:enabled|on|active)|\b(?:enable|disable)Feature\b|Feature(?:::|\.)(?:active|enabled|isEnabled|define|enable|disable)|--feature-gates`+
			`|\bfeatureGates?\b|\bflag_?is_?active\b|\bflags?\.(?:is_?enabled|isOn|evaluate|variation|get_?flag|get_?bool|getBooleanValue)\b|\buse_?(?:feature_?)?(?:flag|gate|variation|experiment)s?\b\s*\(|\bFeatureFlags?\b`,
			"feature", "features", "flag", "flags", "gates", "gate", "featuregates"),
		flagged("a service for feature flags", `(?i)launch_?darkly|\bldclient\b|\bunleash\b|\bflagsmith\b|\bgrowth_?book\b|\bstatsig\b|\bflipper\b|\bwaffle\b|\boptimizely\b|\bopen_?feature\b|\bpennant\b|posthog\S*(?:flag|feature|variant)|(?:flag|feature|variant)\S*posthog|\bconfigcat\b|\bsplitio\b|firebase\S*remote_?config`,
			"launchdarkly", "launch", "ldclient", "unleash", "flagsmith", "growth", "growthbook", "statsig", "flipper", "waffle", "optimizely", "openfeature", "open", "pennant", "posthog", "configcat", "splitio", "remote"),
		flagged("a step of a rollout", `(?i)\brollout[_-]?(?:percent\w*|weight|ratio|stage|pct|fraction)|\b(?:percent\w*|weight)[_-]?rollout|\bcanary[_-]?(?:weight|percent\w*|steps|traffic)|canary-weight|^-?\s*setWeight:|\bkill[_-]?switch|\bdark[_-]?launch|\btraffic[_-]?(?:split|percent|weight)|\b(?:ab|split)[_-]test\w*\s*[:=(]|\bmax(?:Surge|Unavailable)\s*:`,
			"rollout", "canary", "weight", "kill", "killswitch", "dark", "traffic", "ab", "split", "surge", "unavailable"),
	}
}
