package locale

import "golang.org/x/sys/windows"

// System lists the languages that the system itself is set to: on Windows those in which
// its user reads it (GetUserPreferredUILanguages), which need not be that of the region.
func System(func(name string) string) []string {
	languages, err := windows.GetUserPreferredUILanguages(windows.MUI_LANGUAGE_NAME)
	if err != nil {
		return nil
	}
	return languages
}
