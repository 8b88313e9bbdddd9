package script

// String is a string literal, or a piece of a template between two expressions.
type String struct {
	Value  string // decoded
	Offset int    // of its first byte behind the quote, in bytes
}

// Strings lists the strings of a script, JavaScript or TypeScript, in the order of the
// source: what is neither code, nor a comment, nor a regular expression. Empty ones are
// left out, and so are the modules that import and export declarations name. Like Scan it
// never fails, and its time is linear in the length.
func Strings(src []byte) []String {
	found := []String{}
	s := newScanner(src)
	s.strings = &found
	s.run()
	return found
}

// keep takes the string from i to j, if somebody wants it.
func (s *scanner) keep(i, j int) {
	if s.strings != nil && i < j {
		*s.strings = append(*s.strings, String{unescape(string(s.src[i:j])), i})
	}
}
