package main

import (
	"os"
	"path/filepath"
	"strings"

	"github.com/tuikit-cli/tuikit-cli/internal/gitindex"
)

// tracked reports whether git tracks a file: then .gitignore does not keep it out. What
// cannot be known is no.
func tracked(name string) bool {
	for dir := filepath.Dir(name); ; dir = filepath.Dir(dir) {
		if data, err := os.ReadFile(filepath.Join(gitDir(dir), "index")); err == nil {
			inside, err := filepath.Rel(dir, name)
			if err != nil {
				return false
			}
			found, err := gitindex.Tracked(data, filepath.ToSlash(inside))
			return found && err == nil
		}
		if dir == filepath.Dir(dir) {
			return false
		}
	}
}

// gitDir is the folder of git's own files for the working tree dir: in worktrees and
// submodules, a file of that name tells where it is.
func gitDir(dir string) string {
	name := filepath.Join(dir, ".git")
	data, err := os.ReadFile(name)
	if err != nil {
		return name
	}
	target := filepath.FromSlash(strings.TrimSpace(strings.TrimPrefix(string(data), "gitdir:")))
	if filepath.IsAbs(target) {
		return target
	}
	return filepath.Join(dir, target)
}
