package signal

import (
	"testing"

	"github.com/tierwise/tierwise/internal/change"
)

func TestNewDataModels(t *testing.T) {
	t.Parallel()
	hidden := change.File{Path: "models/user.go", Status: change.Added, Withheld: true}
	tests := []struct {
		name string
		file change.File
		want bool
	}{
		{"a class", newWith("app/models/refund.py", "+import x", "+class Refund(Base):"), true},
		{"a struct", newWith("internal/domain/refund.go", "+type Refund struct {"), true},
		{"an entity behind an annotation", newWith("src/entity/Refund.java", "+@Entity", "+public class Refund {"), true},
		{"a table", newWith("db/schemas/refund.ts", `+export const refunds = pgTable("refunds", {`), true},
		{"a file that is not shown", hidden, true},
		{"a file that was there", diff("app/models/refund.py", "+class Refund(Base):"), false},
		{"another folder", newWith("app/views/refund.py", "+class Refund(Base):"), false},
		{"functions alone", newWith("app/models/find.py", "+def find():"), false},
		{"a test", newWith("app/models/refund_test.go", "+type Refund struct {"), false},
	}
	for _, tt := range tests {
		if got := fires(newDataModel(), of(tt.file)); got != tt.want {
			t.Errorf("%s: %v", tt.name, got)
		}
	}
}
