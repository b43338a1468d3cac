package signal

import "slices"

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
