package locale

import (
	"slices"
	"strings"
	"testing"

	"howett.net/plist"
)

func TestPreferred(t *testing.T) {
	for _, test := range []struct {
		variables string // NAME=VALUE with spaces between
		system    string
		want      string
	}{
		{"", "", "C"},
		{"LANG=zh_CN.UTF-8", "", "zh_CN.UTF-8"},
		{"LANG=zh_CN.UTF-8 LC_MESSAGES=en_GB", "", "en_GB"},
		{"LANG=zh_CN.UTF-8 LC_MESSAGES=en_GB LC_ALL=ja_JP", "", "ja_JP"},
		{"LANG=zh_CN.UTF-8 LC_ALL=C", "", "C"},
		{"LANG=de_DE LANGUAGE=ja:zh_TW:en", "", "ja zh_TW en de_DE"},
		{"LANG=C LANGUAGE=zh_CN", "", "C"},
		{"LANG=C.UTF-8 LANGUAGE=zh_CN", "", "C"},
		{"LANG=POSIX LANGUAGE=zh_CN", "", "C"},
		{"LANGUAGE=zh_CN", "", "C"},
		{"", "zh-Hans-CN en-CN", "zh-Hans-CN en-CN"},
		{"LANGUAGE=en", "zh-Hans-CN", "en zh-Hans-CN"},
		{"LANG=en_US.UTF-8", "zh-Hans-CN", "en_US.UTF-8"},
	} {
		getenv := func(name string) string {
			for _, variable := range strings.Fields(test.variables) {
				if value, ok := strings.CutPrefix(variable, name+"="); ok {
					return value
				}
			}
			return ""
		}
		got := Preferred(getenv, func() []string { return strings.Fields(test.system) })
		if strings.Join(got, " ") != test.want {
			t.Errorf("%s, system %s: %v, want %s", test.variables, test.system, got, test.want)
		}
	}
}

func TestApple(t *testing.T) {
	want := []string{"zh-Hans-CN", "en-CN"}
	for _, format := range []int{plist.BinaryFormat, plist.XMLFormat} {
		data, err := plist.Marshal(map[string]any{"AppleLanguages": want, "AppleLocale": "zh_CN", "other": 1}, format)
		if err != nil {
			t.Fatal(err)
		}
		if got := apple(data); !slices.Equal(got, want) {
			t.Errorf("format %d: %v, want %v", format, got, want)
		}
		if got := apple(data[:len(data)-9]); got != nil {
			t.Errorf("format %d, cut off: %v", format, got)
		}
	}
	for _, data := range []string{"", "{", "bplist00", "<plist/>"} {
		if got := apple([]byte(data)); got != nil {
			t.Errorf("%q: %v", data, got)
		}
	}
}
