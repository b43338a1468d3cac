package workflow

// InJSON gives the text under the first of some paths of keys in a JSON text,
// "" where none is there. What is no JSON is an error.
func InJSON(text string, paths []string) (string, error) {
	for _, path := range paths {
		found, err := inJSON(text, path)
		if err != nil {
			return "", err
		}
		if found.to > found.from {
			return text[found.from:found.to], nil
		}
	}
	return "", nil
}
