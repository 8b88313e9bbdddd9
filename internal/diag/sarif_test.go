package diag

import (
	"encoding/json"
	"os"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/santhosh-tekuri/jsonschema/v6"
)

func sarifOf(t *testing.T, r Report, tool SARIFTool) string {
	t.Helper()
	var out strings.Builder
	if err := WriteSARIF(&out, r, tool); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func sampleTool() SARIFTool {
	return SARIFTool{
		Name: "tuikit-cli", Version: "1.2.3", InformationURI: "https://example.com/tuikit-cli",
		Rules: []SARIFRule{
			{ID: "unused", Title: "never reported", Severity: Warning},
			{ID: "module-missing", Title: "a module is not there", Help: "The loader\nfails.", HelpMarkdown: "The **loader** fails.", HelpURI: "https://example.com/checks.md#module-missing", Severity: Error},
			{ID: "app-missing", Title: "there is no app"},
		},
	}
}

func TestSARIFKeepsToTheSchema(t *testing.T) {
	file, err := os.Open("testdata/sarif-schema-2.1.0.json")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	document, err := jsonschema.UnmarshalJSON(file)
	if err != nil {
		t.Fatal(err)
	}
	compiler := jsonschema.NewCompiler()
	compiler.AssertFormat()
	if err := compiler.AddResource("sarif.json", document); err != nil {
		t.Fatal(err)
	}
	schema, err := compiler.Compile("sarif.json")
	if err != nil {
		t.Fatal(err)
	}
	odd := Report{Diagnostics: []Diagnostic{
		at("a:b.js", 1, 0, "r", "m"), at("a b/%41?#[].js", 0, 0, "r", "m"),
		{Rule: "r", Severity: Error, Place: Place{"a.js", 3, 5, 2}, Message: say("m"), Related: []Related{{}, {Place{"b.js", 1, 1, 9}, say("x")}}},
	}}
	validate := func(log string) error {
		instance, err := jsonschema.UnmarshalJSON(strings.NewReader(log))
		if err != nil {
			t.Fatal(err)
		}
		return schema.Validate(instance)
	}
	for name, log := range map[string]string{
		"sample":  sarifOf(t, sample(), sampleTool()),
		"odd":     sarifOf(t, odd, SARIFTool{Name: "t"}),
		"nothing": sarifOf(t, Report{}, SARIFTool{Name: "t"}),
	} {
		if err := validate(log); err != nil {
			t.Errorf("%s: %v\n%s", name, err, log)
		}
	}
	broken := strings.Replace(sarifOf(t, sample(), sampleTool()), `"startLine": 1`, `"startLine": 0`, 1)
	if validate(broken) == nil {
		t.Error("the schema accepts line 0: it is not at work")
	}
}

func TestWriteSARIF(t *testing.T) {
	want := `{
  "$schema": "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
  "version": "2.1.0",
  "runs": [
    {
      "tool": {
        "driver": {
          "name": "tuikit-cli",
          "version": "1.2.3",
          "informationUri": "https://example.com/tuikit-cli",
          "rules": [
            {
              "id": "unused",
              "shortDescription": {
                "text": "never reported"
              },
              "help": {
                "text": "never reported",
                "markdown": "never reported"
              },
              "defaultConfiguration": {
                "level": "warning"
              }
            },
            {
              "id": "module-missing",
              "shortDescription": {
                "text": "a module is not there"
              },
              "help": {
                "text": "The loader\nfails.",
                "markdown": "The **loader** fails."
              },
              "helpUri": "https://example.com/checks.md#module-missing",
              "defaultConfiguration": {
                "level": "error"
              }
            },
            {
              "id": "app-missing",
              "shortDescription": {
                "text": "there is no app"
              },
              "help": {
                "text": "there is no app",
                "markdown": "there is no app"
              },
              "defaultConfiguration": {
                "level": "error"
              }
            },
            {
              "id": "text-only",
              "defaultConfiguration": {
                "level": "warning"
              }
            }
          ]
        }
      },
      "columnKind": "unicodeCodePoints",
      "results": [
        {
          "ruleId": "app-missing",
          "ruleIndex": 2,
          "level": "error",
          "message": {
            "text": "there is no app.json"
          },
          "locations": [
            {
              "physicalLocation": {
                "artifactLocation": {
                  "uri": "demo/project.config.json",
                  "uriBaseId": "%SRCROOT%"
                }
              }
            }
          ],
          "partialFingerprints": {
            "ruleFileMessage/v1": "FINGERPRINT-0"
          }
        },
        {
          "ruleId": "module-missing",
          "ruleIndex": 1,
          "level": "error",
          "message": {
            "text": "\"../../utils/utl\" is not there\nexpected: utils/util.js\nnext: correct the path"
          },
          "locations": [
            {
              "physicalLocation": {
                "artifactLocation": {
                  "uri": "demo/pages/index/index.js",
                  "uriBaseId": "%SRCROOT%"
                },
                "region": {
                  "startLine": 1,
                  "startColumn": 22,
                  "endColumn": 39
                }
              }
            }
          ],
          "relatedLocations": [
            {
              "physicalLocation": {
                "artifactLocation": {
                  "uri": "demo/utils/util.js",
                  "uriBaseId": "%SRCROOT%"
                }
              },
              "message": {
                "text": "has a similar name"
              }
            }
          ],
          "partialFingerprints": {
            "ruleFileMessage/v1": "FINGERPRINT-1"
          }
        },
        {
          "ruleId": "text-only",
          "ruleIndex": 3,
          "level": "warning",
          "message": {
            "text": "<b> & 100% [it](1)\nsecond line"
          },
          "locations": [
            {
              "physicalLocation": {
                "artifactLocation": {
                  "uri": "demo/pages/%E9%A6%96%E9%A1%B5%20a.wxml",
                  "uriBaseId": "%SRCROOT%"
                },
                "region": {
                  "startLine": 2,
                  "startColumn": 3
                }
              }
            }
          ],
          "partialFingerprints": {
            "ruleFileMessage/v1": "FINGERPRINT-2"
          }
        }
      ]
    }
  ]
}
`
	for i, fingerprint := range Fingerprints(sample().Diagnostics) {
		want = strings.Replace(want, "FINGERPRINT-"+strconv.Itoa(i), fingerprint, 1)
	}
	if diff := cmp.Diff(want, sarifOf(t, sample(), sampleTool())); diff != "" {
		t.Error(diff)
	}
}

func TestSARIFNamesNoFolderOfThisMachine(t *testing.T) {
	for root, want := range map[string]string{
		"":             "a.js",
		".":            "a.js",
		"demo/":        "demo/a.js",
		"./x/y":        "x/y/a.js",
		"/home/me/app": "a.js",
		"../app":       "a.js",
		"x/../../app":  "a.js",
	} {
		var log sarifLog
		text := sarifOf(t, Report{Root: root, Diagnostics: []Diagnostic{at("a.js", 1, 1, "r", "m")}}, SARIFTool{Name: "t"})
		if err := json.Unmarshal([]byte(text), &log); err != nil {
			t.Fatal(err)
		}
		if got := log.Runs[0].Results[0].Locations[0].Physical.Artifact.URI; got != want {
			t.Errorf("root %q: uri %q, want %q", root, got, want)
		}
	}
}
