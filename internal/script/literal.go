package script

import (
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// literal is a string literal, or what of a template comes before its first ${.
type literal struct {
	spec string // decoded
	end  int    // offset behind it, with its quote
	open bool   // a template that goes on with ${
	ok   bool
}

// literal reads the literal at i.
func (s *scanner) literal(i int) literal {
	switch classes[s.at(i)] {
	case cQuote:
		end := s.stringEnd(i)
		if s.src[end-1] != s.src[i] || end == i+1 {
			return literal{}
		}
		return literal{spec: unescape(string(s.src[i+1 : end-1])), end: end, ok: true}
	case cTemplate:
		end := s.templateEnd(i + 1)
		if end >= len(s.src) {
			return literal{}
		}
		open := s.src[end] == '$'
		spec := strings.ReplaceAll(string(s.src[i+1:end]), "\r\n", "\n")
		if !open {
			end++
		}
		return literal{spec: unescape(spec), end: end, open: open, ok: true}
	}
	return literal{}
}

var escapes = map[byte]string{
	'n': "\n", 't': "\t", 'r': "\r", 'b': "\b", 'f': "\f", 'v': "\v",
	'\n': "", '\r': "",
}

// unescape decodes the escapes of a string literal (ECMAScript, 12.9.4 and annex B).
func unescape(text string) string {
	if strings.IndexByte(text, '\\') < 0 {
		return text
	}
	var out strings.Builder
	for i := 0; i < len(text); {
		if text[i] != '\\' || i+1 == len(text) {
			out.WriteByte(text[i])
			i++
			continue
		}
		value, size := escape(text[i+1:])
		out.WriteString(value)
		i += 1 + size
	}
	return out.String()
}

// escape decodes what stands behind a backslash; size is the number of bytes read.
func escape(text string) (value string, size int) {
	c := text[0]
	switch {
	case c == 'x' && len(text) > 2:
		if code, err := strconv.ParseUint(text[1:3], 16, 8); err == nil {
			return string(rune(code)), 3
		}
	case c == 'u':
		return unicodeEscape(text)
	case c >= '0' && c <= '7':
		return octal(text)
	case strings.HasPrefix(text, "\r\n"):
		return "", 2
	case strings.HasPrefix(text, "\u2028"), strings.HasPrefix(text, "\u2029"):
		return "", 3
	}
	if value, ok := escapes[c]; ok {
		return value, 1
	}
	return text[:1], 1
}

// octal decodes \0 and its sloppy relatives up to \377.
func octal(text string) (value string, size int) {
	code := 0
	for size < len(text) && size < 3 && text[size] >= '0' && text[size] <= '7' && code*8+int(text[size]-'0') < 256 {
		code = code*8 + int(text[size]-'0')
		size++
	}
	return string(rune(code)), size
}

// unicodeEscape decodes uXXXX and u{X...}; surrogates are joined.
func unicodeEscape(text string) (value string, size int) {
	if end := strings.IndexByte(text, '}'); strings.HasPrefix(text, "u{") && end > 0 && end < 10 {
		if code, err := strconv.ParseUint(text[2:end], 16, 32); err == nil && code <= utf8.MaxRune {
			return string(rune(code)), end + 1
		}
	}
	code, ok := unit(text)
	if !ok {
		return text[:1], 1
	}
	if utf16.IsSurrogate(code) && len(text) > 6 && text[5] == '\\' {
		if low, ok := unit(text[6:]); ok {
			if r := utf16.DecodeRune(code, low); r != utf8.RuneError {
				return string(r), 11
			}
		}
	}
	return string(code), 5
}

// unit decodes uXXXX.
func unit(text string) (rune, bool) {
	if len(text) < 5 || text[0] != 'u' {
		return 0, false
	}
	code, err := strconv.ParseUint(text[1:5], 16, 16)
	return rune(code), err == nil
}
