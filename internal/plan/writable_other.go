//go:build !unix

package plan

// Writable reports whether this process may make files in a folder. Where that cannot
// be told without making one, it is taken to be so.
func Writable(string) bool { return true }
