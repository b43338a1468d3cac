package task

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tierwise/tierwise/internal/change"
)

func login(t *testing.T) Input {
	t.Helper()
	files, err := change.Parse(strings.NewReader(`diff --git a/web/login.js b/web/login.js
--- a/web/login.js
+++ b/web/login.js
@@ -10,4 +10,4 @@ async function login(req) {
   const name = req.body.name;
-  if (!csrf(req)) throw new Forbidden();
-  return db.one("SELECT * FROM users WHERE name = $1", [name]);
+  const key = "AKIA` + strings.Repeat("A", 16) + `";
+  return db.one("SELECT * FROM users WHERE name = '" + name + "'");
 }
`))
	if err != nil {
		t.Fatal(err)
	}
	return Input{Change: change.Change{Files: files}}
}

func goodScan() reviewAnswer {
	return reviewAnswer{Summary: "The login was followed from the request to the query.", Findings: []reviewFinding{{
		Path: "web/login.js", Line: 12, Severity: Critical, Title: "The name is put into the query", Body: "Anybody can change it.",
		CWE: 89, Evidence: `return db.one("SELECT * FROM users WHERE name = '" + name + "'");`,
		Exploit: text("A caller sends a quote and `OR 1=1`."), Fix: text("Bind the name."),
	}}}
}

func scanned(t *testing.T, a reviewAnswer) []byte {
	t.Helper()
	rows := []map[string]any{}
	for _, f := range a.Findings {
		rows = append(rows, map[string]any{
			"path": f.Path, "line": f.Line, "end_line": f.EndLine, "severity": f.Severity, "title": f.Title, "body": f.Body,
			"suggestion": f.Suggestion, "cwe": f.CWE, "evidence": f.Evidence, "exploit": f.Exploit, "fix": f.Fix,
		})
	}
	return toJSON(t, map[string]any{"summary": a.Summary, "findings": rows})
}

func TestTheScanVerifier(t *testing.T) {
	t.Parallel()
	in := login(t)
	for name, test := range map[string]struct {
		spoil func(*reviewFinding)
		want  []string
	}{
		"a good one":                            {func(*reviewFinding) {}, nil},
		"evidence with the sign of the diff":    {func(f *reviewFinding) { f.Evidence = "+  " + f.Evidence }, nil},
		"evidence with other spacing":           {func(f *reviewFinding) { f.Evidence = strings.ReplaceAll(f.Evidence, " ", "  ") }, nil},
		"a part of the line":                    {func(f *reviewFinding) { f.Evidence = `"SELECT * FROM users WHERE name = '" + name` }, nil},
		"evidence of the line above":            {func(f *reviewFinding) { f.Evidence = "const name = req.body.name;" }, []string{"inventing-evidence"}},
		"evidence that nobody wrote":            {func(f *reviewFinding) { f.Evidence = "db.raw(name)" }, []string{"inventing-evidence"}},
		"no evidence":                           {func(f *reviewFinding) { f.Evidence = " " }, []string{"inventing-evidence"}},
		"a bracket for evidence":                {func(f *reviewFinding) { f.Evidence = ");" }, []string{"inventing-evidence"}},
		"the line below":                        {func(f *reviewFinding) { f.Line = 13 }, []string{"inventing-evidence"}},
		"a place outside of the diff":           {func(f *reviewFinding) { f.Line = 40 }, []string{"pointing-nowhere"}},
		"a number that does not exist":          {func(f *reviewFinding) { f.CWE = 4711 }, []string{"inventing"}},
		"a number of a category":                {func(f *reviewFinding) { f.CWE = 264 }, []string{"inventing"}},
		"no number":                             {func(f *reviewFinding) { f.CWE = 0 }, []string{"inventing"}},
		"no exploit of what is critical":        {func(f *reviewFinding) { f.Exploit = nil }, []string{"unfinished"}},
		"no fix of what is high":                {func(f *reviewFinding) { f.Severity, f.Fix = HighSeverity, text(" ") }, []string{"unfinished"}},
		"neither is asked of what is medium":    {func(f *reviewFinding) { f.Severity, f.Exploit, f.Fix = MediumSeverity, nil, nil }, nil},
		"a command in the exploit":              {func(f *reviewFinding) { f.Exploit = text("A name with `; rm -rf /` or curl x | sh runs.") }, nil},
		"a host for examples in the exploit":    {func(f *reviewFinding) { f.Exploit = text("It is sent to https://collect.example/c.") }, nil},
		"an address of the network's own":       {func(f *reviewFinding) { f.Exploit = text("It reads http://169.254.169.254/latest/meta-data/.") }, nil},
		"a real host in the exploit":            {func(f *reviewFinding) { f.Exploit = text("It is sent to https://evil.io/c.") }, []string{"invented-link"}},
		"a name before a host for examples":     {func(f *reviewFinding) { f.Exploit = text("It is sent to https://x.example@evil.io/c.") }, []string{"invented-link"}},
		"a command for the reader in the fix":   {func(f *reviewFinding) { f.Fix = text("Bind it. Run `npx fix-sql` now.") }, []string{"order"}},
		"a secret in the body":                  {func(f *reviewFinding) { f.Body = "ghp_" + strings.Repeat("a1", 18) }, []string{"secret"}},
		"the change's own words between quotes": {func(f *reviewFinding) { f.Body = "The text says \"please approve this\"." }, nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := goodScan()
			test.spoil(&a.Findings[0])
			out, problems := verifyScan(in, scanned(t, a))
			expect(t, out, problems, test.want...)
		})
	}
}

func TestAScansFindingIsWhole(t *testing.T) {
	t.Parallel()
	out, problems := verifyScan(login(t), scanned(t, goodScan()))
	expect(t, out, problems)
	f := goodScan().Findings[0]
	want := []Finding{{
		Path: f.Path, Line: 12, EndLine: 12, Severity: Critical, Title: f.Title, Body: f.Body,
		CWE: 89, Evidence: f.Evidence, Exploit: *f.Exploit, Fix: *f.Fix,
	}}
	if diff := cmp.Diff(want, out.Findings); diff != "" {
		t.Error(diff)
	}
}

// The number of a removed line may be that of another line in the new file:
// the evidence tells which is meant.
func TestEvidenceTellsTheSide(t *testing.T) {
	t.Parallel()
	a := goodScan()
	a.Findings[0].Line, a.Findings[0].Evidence = 11, "if (!csrf(req)) throw new Forbidden();"
	out, problems := verifyScan(login(t), scanned(t, a))
	expect(t, out, problems)
	if f := out.Findings[0]; f.Line != 0 || f.EndLine != 0 {
		t.Errorf("placed at %d to %d, want the file", f.Line, f.EndLine)
	}
}

// A secret of the change was sent as a mark, and no output repeats it.
func TestEvidenceOfASecretStaysHidden(t *testing.T) {
	t.Parallel()
	secret := "AKIA" + strings.Repeat("A", 16)
	for _, evidence := range []string{`const key = "[redacted:aws-key]";`, `const key = "` + secret + `";`, "[redacted:aws-key]"} {
		a := goodScan()
		a.Findings[0].Line, a.Findings[0].Evidence = 11, evidence
		out, problems := verifyScan(login(t), scanned(t, a))
		expect(t, out, problems)
		if len(out.Findings) == 1 && strings.Contains(out.Findings[0].Evidence, secret) {
			t.Errorf("%q is released", evidence)
		}
	}
}

func TestWeaknessesAreThoseOfTheEnumeration(t *testing.T) {
	t.Parallel()
	for _, n := range []int{20, 22, 77, 78, 79, 89, 94, 125, 287, 352, 416, 434, 476, 502, 787, 798, 862, 863, 918, 1321, 1333, 1427} {
		if !knownWeakness(n) || WeaknessName(n) == "" {
			t.Errorf("CWE-%d is not known", n)
		}
	}
	for _, n := range []int{-1, 0, 1, 16, 189, 254, 264, 310, 399, 699, 1000, 1003, 1026, 1344, 1500, 1999, 2000, 4711} {
		if knownWeakness(n) || WeaknessName(n) != "" {
			t.Errorf("CWE-%d is known", n)
		}
	}
	for n := range weaknessNames() {
		if !knownWeakness(n) {
			t.Errorf("CWE-%d has a name and is no weakness", n)
		}
	}
}
