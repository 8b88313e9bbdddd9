package main

import (
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// typing has bash complete what is typed: `t WORD...` prints the words offered for the
// last one. Where the package bash-completion would look for files, the test says so.
const typing = `
_get_comp_words_by_ref() {
	words=("${COMP_WORDS[@]}"); cword=$COMP_CWORD; cur=${COMP_WORDS[COMP_CWORD]}; prev=${COMP_WORDS[COMP_CWORD-1]}
}
_filedir() { COMPREPLY=("files$*"); }
source <(tuikit-cli completion bash)
t() {
	COMP_WORDS=("$@"); COMP_CWORD=$(($#-1)); COMP_LINE="$*"; COMP_POINT=${#COMP_LINE}; COMP_TYPE=9; COMPREPLY=()
	__start_tuikit-cli 2>/dev/null
	echo "$*: ${COMPREPLY[*]}"
}
`

// TestBashCompletes: the script, in a real bash, with what the program answers it.
func TestBashCompletes(t *testing.T) {
	t.Parallel()
	bash, err := exec.LookPath("bash")
	if err != nil {
		t.Skip("there is no bash")
	}
	for _, test := range []struct{ typed, want string }{
		{"in", "init"},
		{"init --in", "--integration"},
		{"init --integration ''", "main subpackage none"},
		{"init --integration s", "subpackage"},
		{"init --page ''", ""},
		{"--lang ''", "zh en"},
		{"--format ''", ""}, // no flag of the root
		{"check ''", "files-d"},
		{"check -C ''", "files-d"},
		{"check --explain uikit-s", "uikit-secret-key uikit-skyline"},
		{"size --format ''", "text json html"},
		{"help s", "size status"},
		{"help init ''", ""},
		{"man add", "add-subpackage"},
		{"completion ''", "bash zsh fish powershell"},
		{"undo ''", ""},
		{"version ''", ""},
	} {
		command := exec.Command(bash, "--norc", "-c", typing+"t tuikit-cli "+test.typed)
		command.Dir = t.TempDir()
		out, err := command.CombinedOutput()
		_, got, _ := strings.Cut(strings.TrimSpace(string(out)), ": ")
		if err != nil || got != test.want {
			t.Errorf("%s: offers %q, want %q (%v)\n%s", test.typed, got, test.want, err, out)
		}
	}
}

// TestFilesAreCompleted: behind a flag that takes a file the shell is left to itself.
func TestFilesAreCompleted(t *testing.T) {
	t.Parallel()
	for line, want := range map[string]string{
		"init --secretkey-file": ":0", // ShellCompDirectiveDefault
		"size --output":         ":0",
		"check --project":       ":16", // ShellCompDirectiveFilterDirs
		"init --userid":         ":4",  // ShellCompDirectiveNoFileComp
	} {
		args := append(append([]string{"__complete"}, strings.Fields(line)...), "")
		out, err := exec.Command("tuikit-cli", args...).Output()
		if err != nil || strings.TrimSpace(string(out)) != want {
			t.Errorf("%s: %q, want %s (%v)", line, out, want, err)
		}
	}
}

// TestCompletionSpeaks: what is said beside the words is in the user's language.
func TestCompletionSpeaks(t *testing.T) {
	t.Parallel()
	command := exec.Command("tuikit-cli", "__complete", "un")
	command.Env = append(environment(t.TempDir()), "LANG=zh_CN.UTF-8", "PATH="+filepath.Dir("tuikit-cli"))
	out, err := command.Output()
	if err != nil || !strings.Contains(string(out), "undo\t撤销") {
		t.Errorf("%s (%v)", out, err)
	}
}
