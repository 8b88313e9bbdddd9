// Package msg holds everything that a person reads, in Chinese and in English.
//
// Lower packages say *what* to tell (a Text: an ID and its values); only cmd
// decides in which language. The words themselves are in zh.json and en.json,
// one catalogue a language, with the same IDs and the same values in both. A
// catalogue has its entries in order, one a line (see find).
package msg

import (
	_ "embed" // the catalogues
	"fmt"
	"strings"
	"sync"

	"github.com/nicksnyder/go-i18n/v2/i18n"
	"github.com/nicksnyder/go-i18n/v2/i18n/template"
	"golang.org/x/text/language"
)

// Lang is a language that the catalogues have.
type Lang string

// The languages. English is also what logs and JSON output use.
const (
	English Lang = "en"
	Chinese Lang = "zh"
)

//go:embed en.json
var english string

//go:embed zh.json
var chinese string

var catalogues = map[Lang]string{English: english, Chinese: chinese}

// Known is the language of a locale such as "zh_CN.UTF-8", "zh-TW" or "C"; ok is false
// where the catalogues do not have it. All of Chinese is one language here.
func Known(locale string) (lang Lang, ok bool) {
	name, _, _ := strings.Cut(locale, ".")
	name, _, _ = strings.Cut(name, "@")
	name, _, _ = strings.Cut(strings.ReplaceAll(name, "_", "-"), "-")
	switch strings.ToLower(name) {
	case "zh":
		return Chinese, true
	case "en", "c", "posix":
		return English, true
	}
	return "", false
}

// Text is a message before its language is known.
type Text struct {
	ID     string
	Values map[string]any // may hold other Texts, and []string for a list
}

// Changed is the text with another string for each of its values that is one, or that says
// one; numbers stay.
func (t Text) Changed(change func(string) string) Text {
	values := map[string]any{}
	for name, value := range t.Values {
		switch value := value.(type) {
		case Text:
			values[name] = value.Changed(change)
		case string, error, fmt.Stringer:
			values[name] = change(fmt.Sprint(value))
		default:
			values[name] = value
		}
	}
	return Text{t.ID, values}
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

// In gives the message in lang. An ID that no catalogue has comes back as itself. Where
// a language tells one from many, the ID with ".one" behind it is what is said when the
// value Count is one.
func (t Text) In(lang Lang) string {
	words, known := find(catalogues[lang], t.ID)
	if !known {
		return t.ID
	}
	values := make(map[string]any, len(t.Values))
	for name, value := range t.Values {
		switch inner := value.(type) {
		case Text:
			value = inner.In(lang)
		case []string:
			value = strings.Join(inner, T("list.comma").In(lang))
		}
		values[name] = value
	}
	config := &i18n.LocalizeConfig{
		DefaultMessage: &i18n.Message{ID: t.ID, Other: words},
		TemplateData:   values,
		TemplateParser: &templates,
	}
	if count, counted := values["Count"].(int); counted {
		if one, differs := find(catalogues[lang], t.ID+".one"); differs {
			config.DefaultMessage.One, config.PluralCount = one, count
		}
	}
	said, err := localizer(lang).Localize(config)
	if err != nil || said == "" {
		return t.ID
	}
	return said
}

var (
	localizersMu sync.Mutex
	localizers   = map[Lang]*i18n.Localizer{}
)

// localizer is made when a language is first spoken. Its bundle stays empty:
// loading a catalogue takes longer the more there is in it, and a run of the
// program shows a few of its texts. They come from find, as default messages.
func localizer(lang Lang) *i18n.Localizer {
	localizersMu.Lock()
	defer localizersMu.Unlock()
	if localizers[lang] == nil {
		localizers[lang] = i18n.NewLocalizer(i18n.NewBundle(language.Make(string(lang))), string(lang))
	}
	return localizers[lang]
}

var templates cachingParser

// cachingParser parses each template once, which go-i18n does for the messages of a
// bundle and not for default messages.
type cachingParser struct {
	template.TextParser
	known sync.Map // template.ParsedTemplate by its source
}

// Parse makes cachingParser a template.Parser.
func (p *cachingParser) Parse(src, left, right string) (template.ParsedTemplate, error) {
	if known, ok := p.known.Load(src); ok {
		return known.(template.ParsedTemplate), nil
	}
	parsed, err := p.TextParser.Parse(src, left, right)
	if err == nil {
		p.known.Store(src, parsed)
	}
	return parsed, err
}
