// Package locale tells in which languages a person wants to read.
package locale

import (
	"strings"

	"howett.net/plist"
)

// Preferred lists locales, such as "zh_CN.UTF-8", the most wanted first. It reads the
// environment as GNU gettext does (manual, "Setting the Locale"): of LC_ALL,
// LC_MESSAGES and LANG the first that is set; unless that is C or POSIX, the list in
// LANGUAGE comes before it. system is asked where none of the three is set; where it has
// no answer either, that is the locale C.
func Preferred(getenv func(name string) string, system func() []string) []string {
	var wanted []string
	for _, name := range []string{"LC_ALL", "LC_MESSAGES", "LANG"} {
		if value := getenv(name); value != "" {
			wanted = []string{value}
			break
		}
	}
	if wanted == nil {
		wanted = system()
	}
	if len(wanted) == 0 || untranslated(wanted[0]) {
		return []string{"C"}
	}
	if list := getenv("LANGUAGE"); list != "" {
		return append(strings.Split(list, ":"), wanted...)
	}
	return wanted
}

// untranslated reports whether a locale wants messages as they are in the source: C and
// POSIX, and C.UTF-8, which only adds characters.
func untranslated(locale string) bool {
	name, _, _ := strings.Cut(locale, ".")
	return name == "C" || name == "POSIX"
}

// apple lists the languages of the System Settings of macOS by the global preferences
// in a user's home, in any format of property lists. Those that it cannot read name none.
func apple(preferences []byte) []string {
	var settings struct {
		Languages []string `plist:"AppleLanguages"`
	}
	if _, err := plist.Unmarshal(preferences, &settings); err != nil {
		return nil
	}
	return settings.Languages
}
