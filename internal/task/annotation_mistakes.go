package task

import "strings"

// AnnotationMistake is an annotation in a longer text that cannot be read.
// Line is 1-based.
type AnnotationMistake struct {
	Line int
	Text string
}

// AnnotationMistakes gives what FindAnnotation reports, each with its line.
func AnnotationMistakes(text string) []AnnotationMistake {
	var mistakes []AnnotationMistake
	for number, line := range numberedUnfenced(text) {
		_, errs := FindAnnotation(line)
		if len(errs) == 0 || len(mistakes) == maxAnnotationErrors {
			continue
		}
		said := make([]string, len(errs))
		for i, err := range errs {
			said[i] = err.Error()
		}
		mistakes = append(mistakes, AnnotationMistake{Line: number, Text: strings.Join(said, "; ")})
	}
	return mistakes
}
