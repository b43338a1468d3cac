package github

import (
	"context"
	"strconv"
	"strings"
)

// pages reads a list page by page, at most limit pages of size rows. It ends
// with the last page that the platform links to.
func pages[T any](ctx context.Context, c *Client, what call, path string, size, limit int) ([]T, error) {
	list, _, err := pagesMore[T](ctx, c, what, path, size, limit)
	return list, err
}

// pagesMore is pages that also says whether there was a page after the limit.
func pagesMore[T any](ctx context.Context, c *Client, what call, path string, size, limit int) (list []T, more bool, err error) {
	next := 1
	for range limit {
		var rows []T
		resp, err := c.get(ctx, what, withPage(path, size, next), &rows)
		if err != nil {
			return nil, false, err
		}
		list = append(list, rows...)
		if resp.NextPage == 0 {
			return list, false, nil
		}
		next = resp.NextPage
	}
	return list, true, nil
}

func withPage(path string, size, number int) string {
	sep := "?"
	if strings.Contains(path, "?") {
		sep = "&"
	}
	path += sep + "per_page=" + strconv.Itoa(size)
	if number > 1 {
		path += "&page=" + strconv.Itoa(number)
	}
	return path
}
