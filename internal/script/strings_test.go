package script

import (
	"reflect"
	"strings"
	"testing"
)

func TestStrings(t *testing.T) {
	for name, test := range map[string]struct {
		src  string
		want []String
	}{
		"quotes":             {`f('a', "b")`, []String{{"a", 3}, {"b", 8}}},
		"escapes":            {`x = "https:\/\/a\u0062"`, []String{{"https://ab", 5}}},
		"empty":              {`x = ''`, []String{}},
		"comments":           {"// 'a'\n/* 'b' */ 'c'", []String{{"c", 18}}},
		"regular expression": {`x = /'a'/.test('b')`, []String{{"b", 16}}},
		"template":           {"x = `wss://${id}w4c.${'in'}.com`", []String{{"wss://", 5}, {"w4c.", 16}, {"in", 23}, {".com", 27}}},
		"arguments":          {`require('m'); wx.navigateTo({ url: 'p' }); import 'k';`, []String{{"m", 9}, {"p", 36}}},
		"export":             {`export { a } from 'm'`, []String{}},
		"member":             {`wx['a'] = {'b': 'c'}`, []String{{"a", 4}, {"b", 12}, {"c", 17}}},
		"unended":            {`x = 'abc`, []String{}},
	} {
		t.Run(name, func(t *testing.T) {
			if got := Strings([]byte(test.src)); !reflect.DeepEqual(got, test.want) {
				t.Errorf("got %v, want %v", got, test.want)
			}
		})
	}
}

func FuzzStrings(f *testing.F) {
	f.Add("x = `a${'b'}`")
	f.Add("'\\\n'")
	f.Add("`${`${")
	f.Fuzz(func(t *testing.T, src string) {
		last := 0
		for _, s := range Strings([]byte(src)) {
			if s.Offset < last || s.Offset >= len(src) || s.Value == "" && !strings.Contains(src, "\\") {
				t.Fatalf("%q: %+v", src, s)
			}
			last = s.Offset
		}
	})
}
