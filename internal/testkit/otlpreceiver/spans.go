package otlpreceiver

import (
	"fmt"
	"slices"
	"strings"

	common "go.opentelemetry.io/proto/otlp/common/v1"
	trace "go.opentelemetry.io/proto/otlp/trace/v1"
	"google.golang.org/protobuf/reflect/protoreflect"
)

// hasUnknown looks for fields that the schema has not, at any depth.
func hasUnknown(m protoreflect.Message) (found bool) {
	found = len(m.GetUnknown()) > 0
	m.Range(func(f protoreflect.FieldDescriptor, v protoreflect.Value) bool {
		switch {
		case f.Kind() != protoreflect.MessageKind || f.IsMap():
		case f.IsList():
			for i := range v.List().Len() {
				found = found || hasUnknown(v.List().Get(i).Message())
			}
		default:
			found = found || hasUnknown(v.Message())
		}
		return !found
	})
	return found
}

func wrongWithSpans(spans []*trace.Span) (failures []string) {
	traceOf := map[string]string{}
	for _, s := range spans {
		traceOf[string(s.SpanId)] = string(s.TraceId)
	}
	if len(traceOf) != len(spans) {
		failures = append(failures, "two spans of one id in a request")
	}
	for _, s := range spans {
		for _, wrong := range wrongWithSpan(s, traceOf) {
			failures = append(failures, fmt.Sprintf("span %q: %s", s.Name, wrong))
		}
	}
	return failures
}

func wrongWithSpan(s *trace.Span, traceOf map[string]string) (failures []string) {
	say := func(bad bool, what string) {
		if bad {
			failures = append(failures, what)
		}
	}
	isZero := func(b []byte) bool { return !slices.ContainsFunc(b, func(c byte) bool { return c != 0 }) }
	parent, known := traceOf[string(s.ParentSpanId)]
	say(len(s.TraceId) != 16 || isZero(s.TraceId), "a trace id is 16 bytes, not all zero")
	say(len(s.SpanId) != 8 || isZero(s.SpanId), "a span id is 8 bytes, not all zero")
	say(len(s.ParentSpanId) > 0 && (!known || parent != string(s.TraceId)), "its parent is not in its trace")
	say(s.Name == "", "no name")
	say(s.Kind == trace.Span_SPAN_KIND_UNSPECIFIED, "no kind")
	say(s.StartTimeUnixNano == 0 || s.EndTimeUnixNano < s.StartTimeUnixNano, "it ends before it begins")
	given := values(s.Attributes)
	say(len(given) != len(s.Attributes), "an attribute that is there twice")
	for key, v := range given {
		failures = append(failures, wrongWithAttribute(key, v)...)
	}
	if s.Kind == trace.Span_SPAN_KIND_CLIENT {
		failures = append(failures, wrongWithCall(s, given)...)
	}
	return failures
}

// genAI lists the attributes of the GenAI conventions that describe a call,
// with their types (https://github.com/open-telemetry/semantic-conventions-genai).
func genAI() map[string]string {
	return map[string]string{
		"gen_ai.operation.name": "string", "gen_ai.provider.name": "string", "gen_ai.request.model": "string",
		"gen_ai.response.model": "string", "gen_ai.response.id": "string", "gen_ai.usage.input_tokens": "int",
		"gen_ai.usage.output_tokens": "int", "gen_ai.usage.cache_read.input_tokens": "int", "gen_ai.usage.cache_creation.input_tokens": "int",
	}
}

func wrongWithAttribute(key string, v *common.AnyValue) (failures []string) {
	ours, known := strings.HasPrefix(key, "tierwise."), genAI()[key]
	switch {
	case !ours && known == "":
		failures = append(failures, fmt.Sprintf("%s is neither ours nor of the conventions", key))
	case known == "int" && v.GetIntValue() < 0:
		failures = append(failures, fmt.Sprintf("%s is %d", key, v.GetIntValue()))
	case known != "" && known != typeOf(v):
		failures = append(failures, fmt.Sprintf("%s is a %s, expected %s", key, typeOf(v), known))
	}
	if !ours && typeOf(v) == "string" && v.GetStringValue() == "" {
		failures = append(failures, key+" is empty")
	}
	return failures
}

func typeOf(v *common.AnyValue) string {
	switch v.GetValue().(type) {
	case *common.AnyValue_StringValue:
		return "string"
	case *common.AnyValue_IntValue:
		return "int"
	case *common.AnyValue_DoubleValue:
		return "double"
	default:
		return "nothing"
	}
}

// wrongWithCall holds a call to what the conventions require, and to their
// names of providers.
func wrongWithCall(s *trace.Span, given map[string]*common.AnyValue) (failures []string) {
	for _, key := range []string{"gen_ai.operation.name", "gen_ai.provider.name", "gen_ai.request.model"} {
		if given[key] == nil {
			failures = append(failures, key+" is missing")
		}
	}
	if name := given["gen_ai.operation.name"].GetStringValue() + " " + given["gen_ai.request.model"].GetStringValue(); s.Name != name {
		failures = append(failures, fmt.Sprintf("the name of a call is %q", name))
	}
	named := []string{"anthropic", "aws.bedrock", "azure.ai.openai", "gcp.gemini", "gcp.vertex_ai", "openai"}
	if p := given["gen_ai.provider.name"].GetStringValue(); !slices.Contains(named, p) {
		failures = append(failures, fmt.Sprintf("provider %q, expected one of %v", p, named))
	}
	if all := given["gen_ai.usage.input_tokens"]; all != nil &&
		all.GetIntValue() < given["gen_ai.usage.cache_read.input_tokens"].GetIntValue()+given["gen_ai.usage.cache_creation.input_tokens"].GetIntValue() {
		failures = append(failures, "input tokens that leave out what came from a cache")
	}
	return failures
}

func values(attributes []*common.KeyValue) map[string]*common.AnyValue {
	all := map[string]*common.AnyValue{}
	for _, a := range attributes {
		all[a.Key] = a.Value
	}
	return all
}
