package signal

import "testing"

func TestFeatureFlag(t *testing.T) {
	t.Parallel()
	checkLines(t, featureFlag(), []lineCase{
		{"a default that flips", "conf/flags.yml", "-  feature_checkout_enabled: false\n+  feature_checkout_enabled: true"},
		{"a check in code", "src/a.ts", "+  if (isFeatureEnabled('checkout')) {"},
		{"a service", "src/a.go", "+	on := ldclient.BoolVariation(\"checkout\", user, false)"},
		{"a flag of Ruby", "app/a.rb", "-  if Flipper.enabled?(:checkout)"},
		{"a weight", "k8s/rollout.yaml", "-      - setWeight: 10\n+      - setWeight: 100"},
		{"a weight of an ingress", "k8s/a.yaml", "+    nginx.ingress.kubernetes.io/canary-weight: \"50\""},
		{"a switch", "conf/a.yml", "+kill_switch: true"},
	}, []lineCase{
		{"a flag of a command", "cmd/a.go", "+	fs.String(\"name\", \"\", \"\")"},
		{"an import", "src/a.ts", "+import { FeatureFlag } from './flags'"},
		{"a feature in words", "src/a.ts", "+  // a feature of the shop"},
		{"documentation", "docs/a.md", "+Use a feature flag."},
		{"a weight of a font", "web/a.css", "+  font-weight: 100;"},
	})
}
