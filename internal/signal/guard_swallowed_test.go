package signal

import "testing"

func TestChecksWhoseFailureIsSwallowed(t *testing.T) {
	t.Parallel()
	checkLines(t, guardRemoved(), swallowedChecks(), swallowedAlike())
}

func swallowedChecks() []lineCase {
	return []lineCase{
		{"an error of a signature in Go", "a.go", "-\tif err := verifySignature(b); err != nil {\n-\t\treturn err\n-\t}\n+\t_ = verifySignature(b)"},
		{"a refusal is only logged", "a.ts", "   try {\n     await checkPermission(user);\n   } catch (e) {\n-    throw e;\n+    console.log(e);\n   }"},
		{"a wrong signature passes", "a.py", "     try:\n         verify_signature(body)\n     except InvalidSignature:\n-        raise\n+        pass"},
		{"a check under an empty handler", "a.py", "-    verify_signature(body)\n+    try:\n+        verify_signature(body)\n+    except Exception:\n+        pass"},
		{"a check that is rescued", "a.rb", "-    authorize! :update, order\n+    authorize!(:update, order) rescue nil"},
		{"an error of a token is only logged", "a.go", " \tif err := verifyToken(r); err != nil {\n-\t\treturn err\n+\t\tlog.Print(err)\n \t}"},
	}
}

func swallowedAlike() []lineCase {
	return []lineCase{
		{"an error of a file is only logged", "a.go", " \tif err := readFile(r); err != nil {\n-\t\treturn err\n+\t\tlog.Print(err)\n \t}"},
		{"an error that nobody needs", "a.go", "-\terr := checkLinks(b)\n+\t_ = checkLinks(b)"},
		{"another answer to a failed check", "a.go", " \tif err := verifyToken(r); err != nil {\n-\t\treturn err\n+\t\treturn fmt.Errorf(\"verify: %w\", err)\n \t}"},
		{"a return in a handler of a page", "a.ts", "   try {\n     await load(page);\n   } catch (e) {\n-    throw e;\n+    console.log(e);\n   }"},
		{"a line before the return", "a.go", " \tif err := verifyToken(r); err != nil {\n+\t\tlog.Print(err)\n \t\treturn err\n \t}"},
	}
}
