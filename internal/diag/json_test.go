package diag

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tuikit-cli/tuikit-cli/internal/msg"
)

func TestWriteJSON(t *testing.T) {
	var out strings.Builder
	if err := WriteJSON(&out, sample()); err != nil {
		t.Fatal(err)
	}
	want := `{
  "version": 1,
  "root": "demo",
  "summary": {
    "errors": 2,
    "warnings": 1
  },
  "projects": [
    {
      "root": "",
      "errors": 2,
      "warnings": 1,
      "files": 143
    }
  ],
  "diagnostics": [
    {
      "rule": "app-missing",
      "severity": "error",
      "file": "",
      "line": 0,
      "column": 0,
      "message": "there is no app.json",
      "hint": ""
    },
    {
      "rule": "module-missing",
      "severity": "error",
      "file": "pages/index/index.js",
      "line": 1,
      "column": 22,
      "endColumn": 39,
      "message": "\"../../utils/utl\" is not there",
      "expected": "utils/util.js",
      "hint": "correct the path",
      "related": [
        {
          "file": "utils/util.js",
          "line": 0,
          "column": 0,
          "message": "has a similar name"
        }
      ],
      "fixable": true
    },
    {
      "rule": "text-only",
      "severity": "warning",
      "file": "pages/首页 a.wxml",
      "line": 2,
      "column": 3,
      "message": "<b> & 100% [it](1)\nsecond line",
      "hint": ""
    }
  ]
}
`
	if diff := cmp.Diff(want, out.String()); diff != "" {
		t.Error(diff)
	}
}

func TestWriteJSONHasEmptyLists(t *testing.T) {
	var out strings.Builder
	if err := WriteJSON(&out, Report{Root: "."}); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{`"projects": []`, `"diagnostics": []`} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("no %s in %s", want, &out)
		}
	}
}

var errFull = errors.New("disk full")

type fullDisk struct{}

func (fullDisk) Write([]byte) (int, error) { return 0, errFull }

func TestPrintersReturnTheWritersError(t *testing.T) {
	r := sample()
	for name, err := range map[string]error{
		"text":   WriteText(fullDisk{}, r, TextOptions{}),
		"json":   WriteJSON(fullDisk{}, r),
		"sarif":  WriteSARIF(fullDisk{}, r, SARIFTool{}),
		"github": WriteGitHub(fullDisk{}, r, msg.English),
	} {
		if !errors.Is(err, errFull) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
