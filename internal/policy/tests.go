package policy

import "github.com/tierwise/tierwise/internal/yamltree"

// tests reads the policy's own unit tests. Running them is lint's work.
func (r *reader) tests(n *yamltree.Node) []Test {
	var tests []Test
	for _, item := range r.optionalList(n, "tests") {
		tests = append(tests, r.test(item))
	}
	return tests
}

func (r *reader) test(n *yamltree.Node) Test {
	s := r.section(n, "a test", "paths", "task", "brief", "annotation", "+expect")
	if n.Kind == yamltree.Mapping && s.get("paths") == nil && s.get("brief") == nil && s.get("annotation") == nil {
		r.report(n.Pos, idNoCondition, "this test decides about nothing; give it paths, a brief or an annotation")
	}
	return Test{
		Paths:      r.each(r.list(s.get("paths"), "paths"), func(item *yamltree.Node) string { return r.path(item, "a path of a test") }),
		Task:       r.taskID(s.get("task")),
		Brief:      r.text(s.get("brief"), "brief"),
		Annotation: r.text(s.get("annotation"), "annotation"),
		Expect:     r.anyTier(s.get("expect")),
		Pos:        s.pos,
	}
}
