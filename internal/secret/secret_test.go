package secret

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

const (
	key  = "5bd2850fff3ecb11d7c805251c51ee463a3a4d9aa9ed1d4a0e0e7a2f3c4b5d6e"
	half = "5bd2850fff3ecb11d7c805251c51ee46"
)

func TestFind(t *testing.T) {
	for _, row := range []struct {
		source string
		want   string // the texts; with "?" those that look like no key
	}{
		{`SECRETKEY: 'KEY',`, "KEY"},
		{`SECRETKEY: "KEY"`, "KEY"},
		{"SECRETKEY: `KEY`", "KEY"},
		{`{"SECRETKEY": "KEY"}`, "KEY"},
		{`{'secretKey' : 'KEY'}`, "KEY"},
		{`const SECRET_KEY="KEY";`, "KEY"},
		{`let IM_SECRET_KEY = 'KEY'`, "KEY"},
		{`export const chatSecretKey: string = 'KEY'`, "KEY"},
		{`private secretKey?: string = "KEY";`, "KEY"},
		{`config['SECRETKEY'] = 'KEY'`, "KEY"},
		{`SECRETKEY: config.SECRETKEY || 'KEY'`, "KEY"},
		{`SECRETKEY ?? "KEY"`, "KEY"},
		{`secretKey: () => 'KEY'`, "KEY"},
		{`getSecretKey = () => "KEY"`, "KEY"},
		{`(secretKey = ('KEY'))`, "KEY"},
		{`SECRETKEY: 'HALF' + "HALF"`, "HALF HALF"},
		{"SECRETKEY: '5bd2' +\n 'zz' + '' + `0123`", "5bd2 zz 0123"},
		{`SECRETKEY: '' + 'HALF'`, "HALF"},
		{`wx.setStorageSync('SECRETKEY', 'KEY')`, "KEY"},
		{`SECRETKEY 'KEY'`, "KEY"},
		{`SECRETKEY: KEY,`, "KEY"},
		{`<TUIKit config="{{ {SECRETKEY: 'KEY'} }}"/>`, "KEY"},
		{`new LibGenerateTestUserSig(1400000000, 'KEY', 604800)`, "KEY"},
		{`const K = "KEY"; genTestUserSig({SECRETKEY: K})`, "KEY"},
		{`SECRETKEY: 'it\'s-a-key'`, `it\'s-a-key?`},
		{`SECRETKEY: '您的密钥'`, "您的密钥?"},
		{`SECRETKEY: 'abc'`, "abc?"},
		{`tmp_secret_key: 'secretKey'`, "secretKey?"},
		{`SECRETKEY: 'your-secret-key'`, "your-secret-key?"},
		{"SECRETKEY: `${a}`", "${a}?"},
		{`SECRETKEY: ''`, ""},
		{`SECRETKEY: '', userID: 'alice alice'`, ""},
		{`['SDKAPPID', 'SECRETKEY', 'EXPIRETIME']`, ""},
		{`SECRETKEY: this.data.key, other: 'something else'`, ""},
		{`const integrity = 'KEY'`, ""},
		{`if (!SECRETKEY) throw 'no SECRETKEY'`, ""},
		{`SECRETKEY === 'something'`, ""},
	} {
		source := strings.NewReplacer("'KEY'", "'"+key+"'", `"KEY"`, `"`+key+`"`, "`KEY`", "`"+key+"`", ": KEY,", ": "+key+",", "HALF", half).Replace(row.source)
		var got []string
		for _, l := range Find([]byte(source)) {
			text := source[l.From:l.To]
			if !l.Key {
				text += "?"
			}
			got = append(got, text)
		}
		want := strings.NewReplacer("KEY", key, "HALF", half).Replace(row.want)
		if strings.Join(got, " ") != want {
			t.Errorf("%s: got %q", row.source, got)
		}
		if masked := string(Mask([]byte(source))); strings.Contains(masked, half) && want != "" {
			t.Errorf("%s: masked as %s", row.source, masked)
		}
	}
}

func TestMask(t *testing.T) {
	const source = "a: 1, SECRETKEY: '密钥 key',\r\n b: '" + key + "'\n"
	want := "a: 1, SECRETKEY: '******',\r\n b: '" + strings.Repeat("*", 64) + "'\n"
	if got := string(Mask([]byte(source))); got != want {
		t.Errorf("got %q", got)
	}
	if got := Texts([]byte("tmp_secret_key: 'secretKey', SECRETKEY: 'YOUR_SECRETKEY'")); len(got) > 0 {
		t.Errorf("names are taken for keys, and would be taken out of every text: %q", got)
	}
	if got := Texts([]byte(source), []byte("SECRETKEY = 'abc'")); !slices.Equal(got, []string{"密钥 key", key}) {
		t.Errorf("got %q", got)
	}
}

func FuzzMask(f *testing.F) {
	f.Add([]byte("SECRETKEY: '" + key + "' + \"x\""))
	f.Add([]byte("secretKey`\\`SECRETKEY='`"))
	f.Fuzz(func(t *testing.T, data []byte) {
		masked := Mask(data)
		if utf8.RuneCount(masked) != utf8.RuneCount(data) && utf8.Valid(data) {
			t.Errorf("%q: %d characters became %d", data, utf8.RuneCount(data), utf8.RuneCount(masked))
		}
		for _, l := range Find(data) {
			if l.Name > l.From || l.From >= l.To || l.To > len(data) {
				t.Errorf("%q: %+v", data, l)
			}
		}
	})
}
