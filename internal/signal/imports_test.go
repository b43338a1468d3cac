package signal

import "testing"

func TestImports(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ ext, text, want string }{
		{".go", `import "example.org/shop/services/pay"`, "example.org/shop/services/pay"},
		{".go", `	pay "example.org/shop/services/pay"`, "example.org/shop/services/pay"},
		{".go", `	"example.org/shop/services/pay",`, ""},
		{".go", `	return "x"`, "x"}, // looks like an import under another name; it names no module
		{".ts", `import { charge } from "../../pay/charge"`, "../../pay/charge"},
		{".ts", `import "./style.css"`, "./style.css"},
		{".ts", `} from '@acme/pay'`, "@acme/pay"},
		{".js", `const pay = require("@acme/pay")`, "@acme/pay"},
		{".ts", `const pay = await import("./pay")`, "./pay"},
		{".ts", `const from = "x"`, ""},
		{".py", "from pay.models import Invoice", "pay.models"},
		{".py", "import pay.models as m", "pay.models"},
		{".java", "import static com.acme.pay.Invoice.total;", "com.acme.pay.Invoice.total"},
		{".rs", "use pay_core::model::{Invoice};", "pay_core::model::"},
		{".cs", "using Acme.Pay;", "Acme.Pay"},
		{".php", `use App\Pay\Invoice;`, `App\Pay\Invoice`},
		{".rb", "require_relative '../pay/invoice'", "../pay/invoice"},
		{".c", `#include "pay/invoice.h"`, "pay/invoice.h"},
		{".proto", `import "pay/invoice.proto";`, "pay/invoice.proto"},
		{".md", `import "x"`, ""},
		{".ts", `import "open`, ""},
		{".py", "from", ""},
	} {
		if got := imported(tt.ext, tt.text); got != tt.want {
			t.Errorf("%s %q imports %q, want %q", tt.ext, tt.text, got, tt.want)
		}
	}
}

func TestRelativeImportsStartFromTheFile(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ from, target, want string }{
		{"web/src/a.ts", "../../server/api", "server/api"},
		{"web/src/a.ts", "./b", "web/src/b"},
		{"shop/web/views.py", "..pay.models", "shop/pay/models"},
		{"shop/web/views.py", ".forms", "shop/web/forms"},
		{"web/a.ts", "react", ""},
	} {
		if got := relative(tt.from, tt.target); got != tt.want {
			t.Errorf("%s imports %s: %q, want %q", tt.from, tt.target, got, tt.want)
		}
	}
}
