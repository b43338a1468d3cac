package change

import "strings"

func isBinaryNote(line string) bool {
	return strings.HasPrefix(line, "Binary files ") && strings.HasSuffix(line, " differ")
}

// binary skips the data of "git diff --binary": a block for the way forward
// and mostly one for the way back, each with an empty line after it.
func (s *scanner) binary() error {
	s.next()
	if !s.binaryHead() {
		return s.errorf("binary patch without data; the diff may be cut short")
	}
	for s.binaryHead() {
		s.next()
		if err := s.binaryBlock(); err != nil {
			return err
		}
	}
	return nil
}

func (s *scanner) binaryHead() bool {
	line, _ := s.peek()
	kind, size, _ := strings.Cut(line, " ")
	_, ok := readCount(size)
	return ok && (kind == "literal" || kind == "delta")
}

func (s *scanner) binaryBlock() error {
	for {
		line, ok := s.peek()
		if !ok {
			return s.errorf("binary patch is cut short")
		}
		s.next()
		if line == "" {
			return nil
		}
		if !isBase85(line) {
			s.line--
			return s.errorf("binary patch has a corrupt line: %.80q", line)
		}
	}
}

// isBase85 checks a line's form: a letter for the length, then groups of five.
func isBase85(line string) bool {
	c := line[0] | 0x20
	return c >= 'a' && c <= 'z' && len(line) > 1 && len(line)%5 == 1
}
