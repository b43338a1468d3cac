package ledgercli

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/tierwise/tierwise/internal/ledger"
	"github.com/tierwise/tierwise/internal/money"
	"github.com/tierwise/tierwise/internal/store"
)

func report(o opener) *cobra.Command {
	var since, until string
	var repositories []string
	cmd := &cobra.Command{
		Use: "report", Short: "Sum up an organisation, a team or a repository", Args: args(cobra.NoArgs),
		Long:    "report sums up the records of an organisation, a team or a repository as JSON.",
		Example: "  tierwise-ledger report --since 2026-11-16 --until 2026-11-23 --repository 'acme/*'\n  tierwise-ledger report --repository acme/web --repository acme/api",
		RunE: func(cmd *cobra.Command, _ []string) (err error) {
			q := store.Query{Repositories: repositories}
			if q.Since, err = parseDay(since); err != nil {
				return err
			}
			if q.Until, err = parseDay(until); err != nil {
				return err
			}
			s, err := o.open(cmd.Context())
			if err != nil {
				return err
			}
			defer s.Close()
			t, err := sumUp(cmd.Context(), s, q)
			if err != nil {
				return err
			}
			enc := json.NewEncoder(o.Stdout)
			enc.SetIndent("", "  ")
			return enc.Encode(t)
		},
	}
	cmd.Flags().StringVar(&since, "since", "", "first day, YYYY-MM-DD")
	cmd.Flags().StringVar(&until, "until", "", "day after the last, YYYY-MM-DD")
	cmd.Flags().StringArrayVar(&repositories, "repository", nil, "owner/name, or a beginning with a star: 'acme/*'; may be repeated")
	return cmd
}

// totals are what is counted of facts. Spend is of those whose cost is known,
// the others are counted beside it.
type totals struct {
	Records  int    `json:"records"`
	Begun    int    `json:"begun"`    // never ended; spend unknown
	AtMost   string `json:"at_most"`  // what those may have spent, where a bound is known
	Unknown  int    `json:"unknown"`  // ended, cost unknown
	Unpriced int    `json:"unpriced"` // ended, a model without a price
	Spent    string `json:"spent_usd"`
	Saved    string `json:"saved_usd"`
	Flags    int    `json:"flags"`

	spent, saved, bound money.Nano
}

func (t *totals) add(f ledger.Fact) {
	t.Records++
	switch {
	case f.Status == ledger.Begun:
		t.Begun++
		if f.Bound.State == money.Priced {
			t.bound += f.Bound.Nano
		}
	case f.Cost.State == money.Priced:
		t.spent += f.Cost.Nano
	case f.Cost.State == money.Unpriced:
		t.Unpriced++
	default:
		t.Unknown++
	}
	if f.Saved.State == money.Priced {
		t.saved += f.Saved.Nano
	}
}

func sumUp(ctx context.Context, s shared, q store.Query) (totals, error) {
	var t totals
	for f, err := range s.Facts(ctx, q) {
		if err != nil {
			return totals{}, err
		}
		t.add(f)
	}
	for _, err := range s.Flags(ctx, q) {
		if err != nil {
			return totals{}, fmt.Errorf("read flags: %w", err)
		}
		t.Flags++
	}
	t.Spent, t.Saved, t.AtMost = t.spent.Decimal(), t.saved.Decimal(), t.bound.Decimal()
	return t, nil
}
