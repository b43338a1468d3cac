package signal

import "testing"

func TestDeclaredSymbols(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ ext, text, want string }{
		{".go", "func Charge(cents int) error {", "Charge"},
		{".go", "func (c *Client) Charge(cents int) error {", "Charge"},
		{".go", "type Invoice struct {", "Invoice"},
		{".go", "func charge() {", ""},
		{".go", "	var Local = 1", ""},
		{".go", "// func Charge is old", ""},
		{".py", "async def charge(cents):", "charge"},
		{".py", "    def charge(self, cents):", "charge"},
		{".py", "    def inner(cents):", ""},
		{".py", "def _hidden():", ""},
		{".ts", "export async function charge(cents: number) {", "charge"},
		{".ts", "export const chargeLimit = 3", "chargeLimit"},
		{".ts", "export default class Invoice {", "Invoice"},
		{".ts", "function local() {", ""},
		{".js", "exports.charge = () => {}", "charge"},
		{".js", "module.exports.charge = charge", "charge"},
		{".java", "    public static Money charge(int cents) throws X {", "charge"},
		{".java", "public final class Invoice {", "Invoice"},
		{".java", "    public static final int LIMIT = 3;", "LIMIT"},
		{".java", "    private int cents;", ""},
		{".cs", "    public decimal Total { get; set; }", "Total"},
		{".rs", "pub fn charge(cents: u64) {", "charge"},
		{".rs", "pub(crate) fn charge() {", ""},
		{".kt", "enum class Colour {", "Colour"},
		{".kt", "private fun hidden() {", ""},
		{".rb", "  def self.charge(cents)", "charge"},
		{".php", "    public function charge(int $cents)", "charge"},
		{".php", "    private function hidden()", ""},
		{".ex", "  def charge(cents) do", "charge"},
		{".ex", "  defp hidden do", ""},
		{".proto", "message Invoice {", "Invoice"},
		{".proto", "  repeated string order_ids = 3;", "order_ids"},
		{".proto", `syntax = "proto3";`, ""},
		{".graphql", "  orderTotal: Int!", "orderTotal"},
		{".sql", "ALTER TABLE invoices ADD COLUMN IF NOT EXISTS order_total int;", "order_total"},
		{".sql", "create table if not exists public.invoices (", "invoices"},
		{".md", "func Charge() {", ""},
		{".go", "", ""},
		{".py", "", ""},
		{".java", "public", ""},
	} {
		if got := declaredSymbol(tt.ext, tt.text); got != tt.want {
			t.Errorf("%s %q declares %q, want %q", tt.ext, tt.text, got, tt.want)
		}
	}
}

func TestFieldNames(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ ext, text, want string }{
		{".go", "	OrderTotal int `json:\"order_total,omitempty\"`", "order_total"},
		{".java", `    @JsonProperty("order_total") int total;`, "order_total"},
		{".rs", `    #[serde(rename = "orderTotal")]`, "orderTotal"},
		{".json", `  "order_total": 3,`, "order_total"},
		{".py", `        "order_total": total,`, "order_total"},
		{".ts", "  orderTotal?: number;", "orderTotal"},
		{".go", "	default: x", ""},
		{".rs", "    std::fs::read(x)", ""},
		{".ts", "return total", ""},
	} {
		if got := fieldName(tt.ext, tt.text); got != tt.want {
			t.Errorf("%s %q has the field %q, want %q", tt.ext, tt.text, got, tt.want)
		}
	}
}
