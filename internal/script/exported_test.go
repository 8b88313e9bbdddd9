package script

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestExported(t *testing.T) {
	for name, test := range map[string]struct {
		src  string
		want map[string]string // literals, as they stand there
	}{
		"as generated": {
			"// console: https://x.cn\nexport default {\n  SDKAPPID: 1400000000,\n  userID: 'alice',\n  // a comment\n  userSig: 'eJw*-_',\n};\n",
			map[string]string{"SDKAPPID": "1400000000", "userID": "'alice'", "userSig": "'eJw*-_'"},
		},
		"CommonJS, no comma at the end":  {`module.exports = {userID: "a", n: 1}`, map[string]string{"userID": `"a"`, "n": "1"}},
		"exports of TypeScript":          {"export default { userID: 'a' } as Config", map[string]string{"userID": "'a'"}},
		"quoted keys":                    {`export default {"userID": 'a', 'userSig' : 'b'}`, map[string]string{"userID": "'a'", "userSig": "'b'"}},
		"a template":                     {"export default {a: `x`, b: `x${y}z`, c: 'd'}", map[string]string{"a": "`x`", "c": "'d'"}},
		"what is computed":               {"export default {a: 24 * 3600, b: 'x' + y, c: f('x', {d: 1}), d: -1, e: 2.5, f: [1, 2], g: 'h'}", map[string]string{"g": "'h'"}},
		"division":                       {"export default {a: 7 / 2, b: 'x', c: 4 / 2}", map[string]string{"b": "'x'"}},
		"methods, spreads, names alone":  {"export default {...base, name, get a() { return {b: 1} }, [x]: 'y', c() {}, d: 'e'}", map[string]string{"d": "'e'"}},
		"inner objects are not it":       {"const o = {userID: 'no'};\nexport default {in: {userID: 'no'}, userID: 'yes'}", map[string]string{"userID": "'yes'"}},
		"comments that look like it":     {"/* export default {a: 1} */ // export default {a: 2}\nexport default {/*b: 3,*/ a /**/ : // x\n 4}", map[string]string{"a": "4"}},
		"strings that look like it":      {`const s = "export default {a: 1}"; export default {a: 2}`, map[string]string{"a": "2"}},
		"the last of two":                {"export default {a: 1, a: 2}", map[string]string{"a": "2"}},
		"no object":                      {"const c = {a: 1};\nexport default c;", map[string]string{}},
		"other exports":                  {"export const a = {a: 1}; module.other = {a: 1}", map[string]string{}},
		"nothing":                        {"", map[string]string{}},
		"broken off":                     {"export default {a: 1, b: 'x", map[string]string{"a": "1"}},
		"a byte order mark, Windows":     {"\ufeffexport default {\r\n  a: 1,\r\n};\r\n", map[string]string{"a": "1"}},
		"a name that is not ASCII":       {"export default {用户: 'a'}", map[string]string{"用户": "'a'"}},
		"a number with other characters": {"export default {a: 1n, b: 0x10, c: 1_000}", map[string]string{}},
	} {
		t.Run(name, func(t *testing.T) {
			got := map[string]string{}
			for key, value := range Exported([]byte(test.src)) {
				if value.Literal {
					got[key] = test.src[value.Offset : value.Offset+value.Length]
				}
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestExportedDecodes(t *testing.T) {
	got := Exported([]byte(`export default {a: 'it\'s "me" \\ \u6211', b: 007, c: f()}`))
	if got["a"].Text != `it's "me" \ 我` || got["c"].Text != "" || got["c"].Length != len("f()") || !got["a"].String || got["b"].String || got["c"].String {
		t.Errorf("got %+v", got)
	}
}

func FuzzExported(f *testing.F) {
	f.Add([]byte("export default {a: 1, 'b': `x${y}`, c: f(1, {}), ...d}"))
	f.Add([]byte("module.exports={a:'\\u{1F600}',/*"))
	f.Fuzz(func(t *testing.T, src []byte) {
		for key, value := range Exported(src) {
			if value.Offset < 0 || value.Length < 0 || value.Offset+value.Length > len(src) || value.Literal && value.Length == 0 {
				t.Errorf("%q: %+v", key, value)
			}
		}
	})
}
