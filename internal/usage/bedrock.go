package usage

import "github.com/tierwise/tierwise/internal/money"

// bedrock is Converse of Amazon Bedrock. Its three input counts are disjoint,
// as Anthropic's are. The response does not name its model: the request does.
// https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_TokenUsage.html
func bedrock() wire {
	return wire{
		member: "usage", count: "inputTokens", read: readBedrock,
		response: func(record node) node {
			if record.has("metadata") {
				return record.child("metadata")
			}
			return node{members: only(record.members, "usage", "serviceTier", "performanceConfig"), fault: record.fault}
		},
		last: func(record node) bool { return record.child("metadata").has("usage") || record.has("usage") },
	}
}

func readBedrock(body, u node) Report {
	in, out := u.whole("inputTokens"), u.whole("outputTokens")
	read, written := u.either("cacheReadInputTokens", "cacheReadInputTokenCount"), u.either("cacheWriteInputTokens", "cacheWriteInputTokenCount")
	r := Report{Served: money.Service{
		Tier:  oneOf(body.child("serviceTier").word("type"), "default", "standard"),
		Speed: oneOf(body.child("performanceConfig").word("latency"), "standard"),
	}}
	short, long := u.lifetimes(written)
	// Some models' totals leave the cache out.
	if total, set := u.count("totalTokens"); set && total != in+out && total != in+out+read+written {
		return contradiction(r, "totalTokens is not the sum of its parts")
	}
	r.Usage = money.Usage{InputTokens: in, CacheReadInputTokens: read, CacheCreationInputTokens: short, CacheCreation1hInputTokens: long, OutputTokens: out}
	return r
}

// either reads a count that has had two names; responses may have both.
func (n node) either(name, earlier string) int64 {
	a, first := n.count(name)
	b, second := n.count(earlier)
	if first && second && a != b {
		n.bad("%s and %s differ", name, earlier)
	}
	return max(a, b)
}

// lifetimes splits what was written to the cache, as cacheDetails does.
func (n node) lifetimes(written int64) (short, long int64) {
	details := n.list("cacheDetails")
	if len(details) == 0 {
		return written, 0
	}
	for _, d := range details {
		switch d.word("ttl") {
		case "5m":
			short += d.whole("inputTokens")
		case "1h":
			long += d.whole("inputTokens")
		default:
			n.bad("cacheDetails has a lifetime that is not known")
		}
	}
	if short+long != written {
		n.bad("cacheDetails does not add up to cacheWriteInputTokens")
	}
	return short, long
}
