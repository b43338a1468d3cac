package signal

import "testing"

func TestPublicInterface(t *testing.T) {
	t.Parallel()
	checkLines(t, publicInterface(), []lineCase{
		{"a function of Go", "store/a.go", "-func Open(name string) error {\n+func Open(name string, n int) error {"},
		{"a type of TypeScript", "src/a.ts", "-export interface Order {"},
		{"a method of Java", "src/main/java/A.java", "-    public int total(Order o) {\n+    public long total(Order o) {"},
		{"a function of Rust", "src/a.rs", "-    pub fn open(name: &str) -> File {"},
		{"a function of Python", "shop/a.py", "-def total(order):\n+def total(order, tax):"},
		{"a field of a message", "api/a.proto", "-  string owner = 3;"},
		{"a field of GraphQL", "api/a.graphql", "-  owner: User!"},
		{"a path of an interface", "openapi.yaml", "-  /orders/{id}:"},
		{"a route of Express", "src/a.js", "-app.get('/orders', list)\n+app.get('/order', list)"},
		{"a route of Spring", "src/main/java/A.java", "-    @GetMapping(\"/orders\")"},
		{"a flag", "cmd/a.go", "-	fs.StringVar(&name, \"name\", \"\", \"\")"},
		{"a setting", "cmd/a.go", "-	dir := os.Getenv(\"SHOP_DIR\")"},
		{"an event", "src/a.ts", "-  bus.emit('order.paid', o)\n+  bus.emit('order.settled', o)"},
	}, []lineCase{
		{"an unexported function", "store/a.go", "-func open() {\n+func openAll() {"},
		{"an internal package", "internal/store/a.go", "-func Open() {"},
		{"a private method", "src/main/java/A.java", "-    private int total() {"},
		{"a crate's own function", "src/a.rs", "-    pub(crate) fn open() {"},
		{"a name with an underscore", "shop/a.py", "-def _total(order):"},
		{"a nested function", "shop/a.py", "-    def total(order):"},
		{"a test", "store/a_test.go", "-func TestOpen(t *testing.T) {"},
		{"a new function", "store/a.go", "+func Open() {"},
		{"a function that moves in", "src/a.rs", "-pub fn open() {\n+    pub fn open() {"},
		{"a body", "store/a.go", "-	return nil\n+	return err"},
	})
}

func TestNewPublicInterface(t *testing.T) {
	t.Parallel()
	checkLines(t, newPublicInterface(), []lineCase{
		{"a function of Go", "store/a.go", "+func Open(name string) error {"},
		{"a class of C#", "src/A.cs", "+    public class Order {"},
		{"a route", "src/a.js", "+router.post('/orders', create)"},
		{"a message", "api/a.proto", "+message Order {"},
		{"a flag", "cli/a.py", "+    parser.add_argument('--name')"},
	}, []lineCase{
		{"a changed signature", "store/a.go", "-func Open() {\n+func Open(n int) {"},
		{"an unexported function", "store/a.go", "+func open() {"},
		{"a function that goes", "store/a.go", "-func Open() {"},
		{"a test", "src/a.test.ts", "+export const order = {}"},
	})
}
