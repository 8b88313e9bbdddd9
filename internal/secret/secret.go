// Package secret finds a SecretKey of Tencent Cloud Chat that is written in a file,
// and gives the file without it: what is shown, logged or reported must not have it.
//
// A SecretKey is 64 hexadecimal digits (32 in former times). It is known by its name
// or its neighbours, as a hash looks the same. Nothing is parsed: a file with a mistake
// in it hides its key as well.
package secret

import (
	"bytes"
	"encoding/json"
	"regexp"
	"slices"
	"unicode/utf8"
)

// Literal is a text that is, or is meant to be, a SecretKey; all are offsets.
type Literal struct {
	Name int // where the name begins that tells what it is, or the text itself
	From int // the text, without its quotes
	To   int

	Key   bool // it looks like one: no label, nothing that is put together at run time
	Short bool // it looks like one that is too short
}

var (
	// named is how people call the key: SECRETKEY (the guide), secretKey, IM_SECRET_KEY.
	named = regexp.MustCompile(`(?i)[\w$]*SECRET[_-]?KEY`)
	name  = regexp.MustCompile(`^` + named.String() + `$`)
	// assigned follows the name where a value comes next: SECRETKEY: "SECRETKEY":
	// ['SECRETKEY'] = SECRETKEY: string = SECRETKEY || SECRETKEY ?? SECRETKEY="
	assigned = regexp.MustCompile("^['\"`]?\\s*\\]?\\s*[?!]?(?:\\s*:\\s*string\\b)?\\s*(?:=>|[:=]|\\|\\|=?|\\?\\?=?)\\s*\\(*\\s*")
	// listed follows the name where a value may come: set('SECRETKEY', and a colon that
	// was forgotten.
	listed = regexp.MustCompile("^['\"`]?\\s*,?\\s*")
	quoted = regexp.MustCompile("^(?:'((?:[^'\\\\\n]|\\\\.)*)'|\"((?:[^\"\\\\\n]|\\\\.)*)\"|`((?:[^`\\\\]|\\\\(?s:.))*)`)")
	bare   = regexp.MustCompile(`^[0-9a-fA-F]{16,}`)
	joint  = regexp.MustCompile(`^\s*\+\s*`)
	// context: a file that signs, or names the key. There, digits of its length are one.
	context = regexp.MustCompile(`(?i)SECRET[_-]?KEY|TestUserSig`)
	digits  = regexp.MustCompile("['\"`]([0-9a-fA-F]{64})['\"`]")
	keyLike = regexp.MustCompile(`^[\w+/=-]+$`)
	hexLike = regexp.MustCompile(`^[0-9a-fA-F]{16,}$`)
)

// Like reports whether a text looks like a SecretKey itself: such a one is not repeated.
func Like(text string) bool { return hexLike.MatchString(text) }

// shortest is how long a text must be to be taken for a key.
const shortest = 8

// Find finds every literal in a file, in its order.
func Find(data []byte) []Literal {
	if !context.Match(data) {
		return nil
	}
	var found []Literal
	for _, name := range named.FindAllIndex(data, -1) {
		found = append(found, after(data, name[0], name[1])...)
	}
	for _, at := range digits.FindAllSubmatchIndex(data, -1) {
		if !covered(found, at[2]) {
			found = append(found, Literal{Name: at[0], From: at[2], To: at[3], Key: true})
		}
	}
	slices.SortStableFunc(found, func(a, b Literal) int { return a.From - b.From })
	return found
}

// after is what the key is set to whose name lies between from and to.
func after(data []byte, from, to int) []Literal {
	if link := assigned.FindIndex(data[to:]); link != nil {
		at := to + link[1]
		if parts := concatenated(data, from, at); len(parts) > 0 {
			return parts
		}
		if digits := bare.FindIndex(data[at:]); digits != nil {
			return []Literal{{Name: from, From: at, To: at + digits[1], Key: true}}
		}
		return nil
	}
	at := to + listed.FindIndex(data[to:])[1]
	if text, start, _ := literal(data, at); hexLike.Match(text) {
		return []Literal{{Name: from, From: start, To: start + len(text), Key: true}}
	}
	return nil
}

// concatenated are the literals from at on that plus signs join: together they are one
// key. An empty one is none, nor is another name, as in a table of names.
func concatenated(data []byte, name, at int) []Literal {
	var parts []Literal
	length, like := 0, true
	for {
		text, start, end := literal(data, at)
		if end == at {
			break
		}
		if length, like = length+len(text), like && (len(text) == 0 || keyLike.Match(text) && !named.Match(text)); len(text) > 0 {
			parts = append(parts, Literal{Name: name, From: start, To: start + len(text)})
		}
		plus := joint.FindIndex(data[end:])
		if plus == nil {
			break
		}
		at = end + plus[1]
	}
	for i := range parts {
		parts[i].Key, parts[i].Short = like && length >= shortest, like && length < shortest
	}
	return parts
}

// literal is the quoted text at a place, where it starts without its quote, and where
// what is quoted ends; at itself where there is none.
func literal(data []byte, at int) (text []byte, start, end int) {
	match := quoted.FindSubmatchIndex(data[at:])
	if match == nil {
		return nil, at, at
	}
	for group := 2; group < len(match); group += 2 {
		if match[group] >= 0 {
			return data[at+match[group] : at+match[group+1]], at + match[group], at + match[1]
		}
	}
	return nil, at, at
}

func covered(found []Literal, at int) bool {
	for _, l := range found {
		if l.From <= at && at < l.To {
			return true
		}
	}
	return false
}

// Mask is a file with asterisks for its keys, one for each character: lines and columns
// stay what they are.
func Mask(data []byte) []byte {
	found := Find(data)
	if len(found) == 0 {
		return data
	}
	out, last := make([]byte, 0, len(data)), 0
	for _, l := range found {
		if l.From < last {
			continue
		}
		out = append(out, data[last:l.From]...)
		out = append(out, bytes.Repeat([]byte("*"), utf8.RuneCount(data[l.From:l.To]))...)
		last = l.To
	}
	return append(out, data[last:]...)
}

// Texts are the keys in files as they are written there, to be taken out of other
// text. Short ones and names are left out: they would be found everywhere.
func Texts(contents ...[]byte) []string {
	var texts []string
	for _, data := range contents {
		for _, l := range Find(data) {
			if text := data[l.From:l.To]; len(text) >= shortest && !name.Match(text) {
				texts = append(texts, string(text))
			}
		}
	}
	return texts
}

// Without is text, such as a report, with six asterisks for each of the keys, also where
// they are escaped as in JSON.
func Without(text []byte, keys []string) []byte {
	for _, key := range keys {
		text = bytes.ReplaceAll(text, []byte(key), []byte("******"))
		if escaped, err := json.Marshal(key); err == nil {
			text = bytes.ReplaceAll(text, escaped[1:len(escaped)-1], []byte("******"))
		}
	}
	return text
}
