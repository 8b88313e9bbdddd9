package locale

import (
	"os"
	"path/filepath"
)

// System lists the languages that the system itself is set to. macOS keeps them in the
// global preferences; `defaults read -g AppleLanguages` shows the same.
func System(getenv func(name string) string) []string {
	preferences, err := os.ReadFile(filepath.Join(getenv("HOME"), "Library", "Preferences", ".GlobalPreferences.plist"))
	if err != nil {
		return nil
	}
	return apple(preferences)
}
