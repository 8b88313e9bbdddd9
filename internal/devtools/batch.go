package devtools

import (
	"fmt"
	"strings"
)

// ArgumentError: an argument that cannot be handed to a batch file as it is.
type ArgumentError struct{ Argument string }

func (e *ArgumentError) Error() string {
	return fmt.Sprintf("a batch file cannot be given %q", e.Argument)
}

// batchLine is a command line for Windows' cmd.exe that runs a batch file. cmd.exe reads
// a line by rules of its own, by which Go does not quote (see the documentation of
// os/exec.Command): between quotes everything stands for itself but a quote and a
// percent sign, for neither of which there is a way. Both are refused.
//
// /d leaves out what the registry would run first, and /v:off the exclamation marks that it
// may give a meaning; /s takes the outer quotes off, and nothing else.
func batchLine(file string, args []string) (string, error) {
	words := make([]string, 0, len(args)+1)
	for _, word := range append([]string{file}, args...) {
		if strings.ContainsAny(word, "\"%\r\n\x00") {
			return "", &ArgumentError{word}
		}
		// What the batch file starts takes a backslash before a quote for its escape.
		slashes := len(word) - len(strings.TrimRight(word, `\`))
		words = append(words, `"`+word+strings.Repeat(`\`, slashes)+`"`)
	}
	return `cmd.exe /d /v:off /s /c "` + strings.Join(words, " ") + `"`, nil
}
