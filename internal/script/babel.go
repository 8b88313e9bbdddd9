package script

import (
	"bytes"
	"cmp"
	"slices"
	"strings"

	"github.com/evanw/esbuild/pkg/api"
)

// This file holds where esbuild and the Babel of WeChat's compiler differ, as
// observed with miniprogram-ci 2.1.42.

// fault is the error of a message from esbuild, if it is about the content of a script.
func (c *checker) fault(message api.Message) (SyntaxError, bool) {
	at := message.Location
	if at == nil || message.PluginName != "" || strings.HasPrefix(message.Text, "Could not resolve ") {
		return SyntaxError{}, false
	}
	name := strings.TrimPrefix(at.File, namespace+":")
	src, ok := c.scripts[name]
	if !ok {
		return SyntaxError{}, false
	}
	line := max(at.Line-insertedLines, 1)
	offset := lineStart(src, line) + at.Column
	if line == 1 {
		offset += prologue(src)
	}
	if at.Line <= insertedLines {
		offset = 0
	}
	return newFault(name, src, offset, message.Text), true
}

// newFault is an error at an offset.
func newFault(name string, src []byte, offset int, message string) SyntaxError {
	offset = min(max(offset, prologue(src)), len(src))
	f := SyntaxError{Name: name, Line: 1, Offset: offset, Message: message}
	start := 0
	for end := nextLine(src, 0); end <= offset && end > start; end = nextLine(src, start) {
		start = end
		f.Line++
	}
	f.Column = offset - start + 1
	return f
}

// lineStart is the offset of a line, counted from 1.
func lineStart(src []byte, line int) int {
	start := 0
	for ; line > 1; line-- {
		start = nextLine(src, start)
	}
	return start
}

// nextLine is the offset of the line after the one at start, or start in the last line.
func nextLine(src []byte, start int) int {
	s := scanner{src: src}
	switch end := s.lineEnd(start); s.at(end) {
	case 0:
		return start
	case '\n':
		return end + 1
	case '\r':
		if s.at(end+1) == '\n' {
			return end + 2
		}
		return end + 1
	default: // U+2028 and U+2029
		return end + 3
	}
}

// refused takes esbuild's errors about a script and returns what Babel refuses.
func refused(name string, src []byte, found []SyntaxError) []SyntaxError {
	found = append(found, attributes(name, src)...)
	slices.SortStableFunc(found, func(a, b SyntaxError) int { return cmp.Compare(a.Offset, b.Offset) })
	var kept []SyntaxError
	for _, f := range found {
		if babelOnly(src, f) {
			break // esbuild is lost from here on
		}
		if !runtimeOnly(f) {
			kept = append(kept, f)
		}
	}
	return kept
}

// runtimeOnly reports whether Babel leaves the error to the run time; in TypeScript
// that goes for more.
func runtimeOnly(f SyntaxError) bool {
	return strings.HasPrefix(f.Message, "Cannot assign to ") ||
		strings.HasSuffix(f.Name, ".ts") && (strings.HasPrefix(f.Message, "Multiple exports with the same name") ||
			f.Message == "Classes cannot contain more than one constructor")
}

// babelOnly reports whether an error is about syntax that the compiler's plugins
// add: a::b, a |> b, do {}, throw as an expression, export a from, function.sent.
// It is the same with a<!--b, which is a comment for esbuild.
func babelOnly(src []byte, f SyntaxError) bool {
	before, after := bytes.TrimRight(src[:f.Offset], " \t\r\n"), src[f.Offset:]
	switch {
	case strings.HasPrefix(f.Message, "Legacy HTML"):
		line := before[bytes.LastIndexByte(before, '\n')+1:]
		return len(before) > 0 && len(line) > 0 && bytes.HasPrefix(after, []byte("<!--"))
	case f.Message == `Unexpected ":"`:
		return bytes.HasSuffix(before, []byte(":")) || bytes.HasPrefix(after, []byte("::"))
	case f.Message == `Unexpected ">"`:
		return bytes.HasSuffix(before, []byte("|"))
	case f.Message == `Unexpected "do"`, f.Message == `Unexpected "throw"`:
		return true
	case strings.HasPrefix(f.Message, "Unexpected "):
		return bytes.HasSuffix(before, []byte("export"))
	}
	return bytes.HasPrefix(after, []byte(".")) && bytes.HasSuffix(before, []byte("function"))
}

// attributes finds what esbuild allows and Babel does not: import x from "y" with
// {...} and import("x", {...}).
func attributes(name string, src []byte) []SyntaxError {
	var faults []SyntaxError
	s := scanner{src: src}
	for _, r := range Scan(src).Refs {
		k := s.skip(r.Offset + r.Length)
		with := s.wordAt(k, "with") || s.wordAt(k, "assert")
		brace := with && s.at(s.skip(s.nameEnd(k))) == '{'
		second := s.at(k) == ',' && s.at(s.skip(k+1)) != ')'
		if r.Kind == Import && brace || r.Kind == Dynamic && second {
			faults = append(faults, newFault(name, src, k, "import attributes are not supported"))
		}
	}
	return faults
}
