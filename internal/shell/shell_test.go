package shell

import "testing"

func TestLine(t *testing.T) {
	for _, row := range []struct {
		words []string
		want  string
	}{
		{[]string{"npm", "install", "@tencentcloud/chat@^3.1.0"}, "npm install '@tencentcloud/chat@^3.1.0'"},
		{[]string{"cd", "a b"}, "cd 'a b'"},
		{[]string{"cd", "it's"}, `cd 'it'\''s'`},
		{[]string{"cd", "a;b"}, "cd 'a;b'"},
		{[]string{"cd", "$(b)"}, "cd '$(b)'"},
		{[]string{"cd", "小程序"}, "cd '小程序'"},
		{[]string{"x", ""}, "x ''"},
	} {
		if got := Line(row.words...); got != row.want {
			t.Errorf("%q: %s", row.words, got)
		}
	}
}
