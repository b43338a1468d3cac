package report

import "github.com/tierwise/tierwise/internal/money"

// claimedService is how a call was served where that was not at list price.
type claimedService struct {
	Tier          string `json:"tier"`
	Speed         string `json:"speed"`
	Region        string `json:"region"`
	WebSearches   int64  `json:"web_searches"`
	LargestPrompt int64  `json:"largest_prompt"`
	Unpriced      string `json:"unpriced"`
}

func claimService(s money.Service) *claimedService {
	if s == (money.Service{}) {
		return nil
	}
	c := claimedService(s)
	return &c
}

func (c *claimedService) service() money.Service {
	if c == nil {
		return money.Service{}
	}
	return money.Service(*c)
}
