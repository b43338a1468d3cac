package signal

import (
	"slices"
)

// Subject is what a path alone says a file is about.
type Subject string

// The subjects that are dear to get wrong.
const (
	Authentication Subject = "authentication"
	Payments       Subject = "payments"
	Migrations     Subject = "migrations"
)

// SubjectOf gives the subject that the path of a file tells, "" for none. It
// asks less than the signals do: words such as roles stand in many paths that
// let nobody in.
func SubjectOf(path string, m Marks) Subject {
	words := wordsOf(path, nil)
	place := splitPath(path)
	auth, money := slices.ContainsFunc(words, authWords().holds), slices.ContainsFunc(words, moneyWords().holds)
	if !auth && !money && !isMigration(place) {
		return "" // of most paths, and cheaper to find out than the class
	}
	class := classOf(path, m)
	switch {
	case isTest(place):
		return "" // a fixture of a migration is of its class, and reaches no data
	case class == Migration:
		return Migrations
	case auth && acting(class):
		return Authentication
	case money && running(class):
		return Payments
	}
	return ""
}

var (
	authWords  = setOfWords(authNames)
	moneyWords = setOfWords(moneyNames + " billing")
)

// ByPath gives the signals that fire on a changed file by its path alone,
// whatever its lines say, sorted.
func ByPath(path string, m Marks) []string {
	class := classOf(path, m)
	ids := []string{string(class)}
	s := scanAll()
	for _, w := range wordsOf(path, nil) {
		for _, at := range s.paths[w] {
			if r := s.readers[at]; r.reads(class) {
				ids = append(ids, r.id)
			}
		}
	}
	slices.Sort(ids)
	return slices.Compact(ids)
}
