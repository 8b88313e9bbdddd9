// Package shell writes command lines as somebody types them after a prompt: what comes
// from a project, such as the name of a folder, must be one word there and nothing more.
package shell

import "strings"

// safe are the characters that no shell takes for anything else.
const safe = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_@%+=:,./-"

// Line is words as they are typed.
func Line(words ...string) string {
	typed := make([]string, len(words))
	for i, word := range words {
		typed[i] = Word(word)
	}
	return strings.Join(typed, " ")
}

// Word is one word as it is typed.
func Word(word string) string {
	if word == "" || strings.Trim(word, safe) != "" {
		return "'" + strings.ReplaceAll(word, "'", `'\''`) + "'"
	}
	return word
}
