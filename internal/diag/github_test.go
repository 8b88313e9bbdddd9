package diag

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tuikit-cli/tuikit-cli/internal/msg"
)

func TestWriteGitHub(t *testing.T) {
	for lang, want := range map[msg.Lang]string{
		msg.English: `::error title=app-missing::there is no app.json
::error file=demo/pages/index/index.js,line=1,col=22,endColumn=39,title=module-missing::"../../utils/utl" is not there%0Aexpected: utils/util.js%0Anext: correct the path
::warning file=demo/pages/首页 a.wxml,line=2,col=3,title=text-only::<b> & 100%25 [it](1)%0Asecond line
`,
		msg.Chinese: `::error title=app-missing::there is no app.json
::error file=demo/pages/index/index.js,line=1,col=22,endColumn=39,title=module-missing::"../../utils/utl" is not there%0A应为：utils/util.js%0A下一步：correct the path
::warning file=demo/pages/首页 a.wxml,line=2,col=3,title=text-only::<b> & 100%25 [it](1)%0Asecond line
`,
	} {
		var out strings.Builder
		if err := WriteGitHub(&out, sample(), lang); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, out.String()); diff != "" {
			t.Error(diff)
		}
	}
}

func TestGitHubEscapes(t *testing.T) {
	for _, c := range []struct {
		d    Diagnostic
		want string
	}{
		{at("a,b:c%.js", 1, 2, "r", "50%: a, b\r\nc"), "::error file=a%2Cb%3Ac%25.js,line=1,col=2,title=r::50%25: a, b%0D%0Ac\n"},
		{at("a\n::error::b.js", 0, 0, "r", "m"), "::error file=a%0A%3A%3Aerror%3A%3Ab.js,title=r::m\n"},
		{at("a.js", 0, 7, "r", "m"), "::error file=a.js,title=r::m\n"},
		{at("a.js", 3, 0, "r", "m"), "::error file=a.js,line=3,title=r::m\n"},
		{at("", 3, 1, "r", "m"), "::error title=r::m\n"},
	} {
		var out strings.Builder
		if err := WriteGitHub(&out, Report{Diagnostics: []Diagnostic{c.d}}, msg.English); err != nil {
			t.Fatal(err)
		}
		if out.String() != c.want {
			t.Errorf("got  %q\nwant %q", out.String(), c.want)
		}
	}
}
