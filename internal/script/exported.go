package script

import "strconv"

// Value is a value in the object that a script exports.
type Value struct {
	Text           string // of a string, decoded; the digits of a number; "" for what is neither
	Literal        bool   // it is one string or number, and nothing else
	String         bool   // it is one string
	Offset, Length int    // bytes of the source; a string's with its quotes
}

// Exported finds the values of the object literal in "export default {...}" or
// "module.exports = {...}", by key. What is computed or spread in is not told, and of keys
// that are there twice the last, as it counts. It never fails: of what it cannot follow it
// tells less.
func Exported(src []byte) map[string]Value {
	s := &scanner{src: src, out: &Script{}}
	values := map[string]Value{}
	i := s.exportedObject()
	for i < len(src) {
		key, next := s.exportedKey(s.skip(i))
		start := s.skip(next)
		if s.at(start) == ':' {
			start = s.skip(start + 1)
		} else {
			key = "" // a method, a name on its own, something spread
		}
		value, end := s.exportedValue(start)
		if key != "" {
			values[key] = value
		}
		if s.at(end) != ',' {
			break
		}
		i = end + 1
	}
	return values
}

// exportedObject is the offset behind the brace of the exported object, or the end.
func (s *scanner) exportedObject() int {
	var before, last string // words
	for i := s.skip(s.hashbang()); i < len(s.src); i = s.skip(i) {
		end := s.tokenEnd(i)
		word := string(s.src[i:end])
		exported := last == "default" && before == "export" || last == "=" && before == "exports"
		if word == "{" && exported {
			return end
		}
		before, last, i = last, word, end
	}
	return len(s.src)
}

// exportedKey reads the key at i; "" for none.
func (s *scanner) exportedKey(i int) (key string, end int) {
	if lit := s.literal(i); lit.ok && classes[s.src[i]] == cQuote {
		return lit.spec, lit.end
	}
	if c := classes[s.at(i)]; c != cWord && c != cHigh {
		return "", i
	}
	end = s.tokenEnd(i)
	return string(s.src[i:end]), end
}

// exportedValue reads the value at i up to the comma or brace behind it.
func (s *scanner) exportedValue(i int) (value Value, end int) {
	value.Offset = i
	depth, tokens, last := 0, 0, i
	for ; i < len(s.src); i = s.skip(i) {
		c := s.src[i]
		if depth == 0 && (c == ',' || c == '}') {
			break
		}
		switch c {
		case '(', '[', '{':
			depth++
		case ')', ']', '}':
			depth--
		}
		tokens++
		i = s.tokenEnd(i)
		last = i
	}
	value.Length = last - value.Offset
	if tokens == 1 {
		value.Text, value.Literal = s.plainValue(value.Offset, last)
		value.String = value.Literal && classes[s.src[value.Offset]] != cDigit
	}
	return value, i
}

// plainValue is the string or the number that the token from i to end is.
func (s *scanner) plainValue(i, end int) (text string, ok bool) {
	if lit := s.literal(i); lit.ok {
		return lit.spec, !lit.open
	}
	digits := string(s.src[i:end])
	_, err := strconv.ParseUint(digits, 10, 64)
	return digits, err == nil
}

// tokenEnd is the end of the token at i: a word, a number, a string, a template, or
// one byte. A slash divides: in what people put into an object of settings,
// numbers are divided more often than regular expressions stand there.
func (s *scanner) tokenEnd(i int) int {
	switch classes[s.src[i]] {
	case cQuote:
		return s.stringEnd(i)
	case cTemplate:
		return s.wholeTemplate(i)
	case cWord, cDigit, cHigh:
		end := i
		for end < len(s.src) && (part[s.src[end]] || s.src[end] >= 0x80) {
			end++
		}
		return max(end, i+1)
	}
	return i + 1
}

// wholeTemplate is the end of the template at i. In its ${} it expects no brace.
func (s *scanner) wholeTemplate(i int) int {
	for i = s.templateEnd(i + 1); s.at(i) == '$'; i = s.templateEnd(i) {
		for i < len(s.src) && s.src[i] != '}' {
			i++
		}
	}
	return min(i+1, len(s.src))
}
