// Package msg holds everything that a person reads, in Chinese and in English.
//
// Lower packages say *what* to tell (a Text: an ID and its values); only cmd
// decides in which language. The words themselves are in zh.json and en.json,
// one catalogue a language, with the same IDs and the same values in both.
package msg

import (
	"embed"
	"fmt"
	"strings"
	"sync"

	"github.com/nicksnyder/go-i18n/v2/i18n"
	"golang.org/x/text/language"
)

//go:embed en.json zh.json
var catalogues embed.FS

// Lang is a language that the catalogues have.
type Lang string

// The languages. English is also what logs and JSON output use.
const (
	English Lang = "en"
	Chinese Lang = "zh"
)

// Match picks the language for a locale such as "zh_CN.UTF-8", "zh-TW" or "C";
// everything that is not Chinese is English.
func Match(locale string) Lang {
	if strings.HasPrefix(strings.ToLower(locale), "zh") {
		return Chinese
	}
	return English
}

// Text is a message before its language is known.
type Text struct {
	ID     string
	Values map[string]any // may hold other Texts
}

// T is a Text with its values as pairs of name and value.
func T(id string, pairs ...any) Text {
	text := Text{ID: id}
	for i := 0; i+1 < len(pairs); i += 2 {
		if text.Values == nil {
			text.Values = make(map[string]any, len(pairs)/2)
		}
		text.Values[fmt.Sprint(pairs[i])] = pairs[i+1]
	}
	return text
}

// IsZero reports whether there is nothing to say.
func (t Text) IsZero() bool { return t.ID == "" }

// String is the English form.
func (t Text) String() string { return t.In(English) }

// In gives the message in lang. An ID that no catalogue has comes back as itself.
func (t Text) In(lang Lang) string {
	values := make(map[string]any, len(t.Values))
	for name, value := range t.Values {
		if inner, ok := value.(Text); ok {
			value = inner.In(lang)
		}
		values[name] = value
	}
	words, err := localizer(lang).Localize(&i18n.LocalizeConfig{MessageID: t.ID, TemplateData: values})
	if err != nil || words == "" {
		return t.ID
	}
	return words
}

var (
	localizersMu sync.Mutex
	localizers   = map[Lang]*i18n.Localizer{}
)

// localizer reads the catalogue of lang when it is first asked for: a program
// run speaks one language and should not pay for the other.
func localizer(lang Lang) *i18n.Localizer {
	localizersMu.Lock()
	defer localizersMu.Unlock()
	if known := localizers[lang]; known != nil {
		return known
	}
	bundle := i18n.NewBundle(language.Make(string(lang)))
	if _, err := bundle.LoadMessageFileFS(catalogues, string(lang)+".json"); err != nil {
		panic(fmt.Sprintf("catalogue %s: %v", lang, err)) // our own embedded file, read by the tests
	}
	localizers[lang] = i18n.NewLocalizer(bundle, string(lang))
	return localizers[lang]
}
