package page

import "golang.org/x/net/html"

// element is a tag with a class, "" for none, and what stands in it. A nil
// child is left out.
func element(tag, class string, children ...*html.Node) *html.Node {
	n := &html.Node{Type: html.ElementNode, Data: tag}
	if class != "" {
		with(n, "class", class)
	}
	for _, child := range children {
		if child != nil {
			n.AppendChild(child)
		}
	}
	return n
}

// lines is an element whose children stand on lines of their own, so that two
// pages can be compared line by line.
func lines(tag, class string, children ...*html.Node) *html.Node {
	n := element(tag, class)
	for _, child := range children {
		if child != nil {
			n.AppendChild(text("\n"))
			n.AppendChild(child)
		}
	}
	n.AppendChild(text("\n"))
	return n
}

func text(s string) *html.Node { return &html.Node{Type: html.TextNode, Data: s} }

// with adds attributes, given as keys and values by turns.
func with(n *html.Node, pairs ...string) *html.Node {
	for i := 0; i+1 < len(pairs); i += 2 {
		n.Attr = append(n.Attr, html.Attribute{Key: pairs[i], Val: pairs[i+1]})
	}
	return n
}

// run puts pieces one after another: words are a string, all else a node.
func run(pieces ...any) []*html.Node {
	var nodes []*html.Node
	for _, piece := range pieces {
		switch p := piece.(type) {
		case string:
			nodes = append(nodes, text(p))
		case *html.Node:
			nodes = append(nodes, p)
		}
	}
	return nodes
}

func paragraph(class string, pieces ...any) *html.Node {
	return element("p", class, run(pieces...)...)
}

func span(class string, pieces ...any) *html.Node { return element("span", class, run(pieces...)...) }
