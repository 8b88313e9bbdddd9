package scaffold

import "testing"

func TestDropPreload(t *testing.T) {
	for before, want := range map[string]string{
		`{"pages": []}`: `{"pages": []}`,
		`{"preloadRule": {"a": {"packages": ["chat"]}}, "pages": []}`:                                   `{"pages": []}`,
		`{"preloadRule": {"a": {"packages": ["chat"]}, "b": {"packages": ["chat", "x"]}}, "pages": []}`: `{"preloadRule": {"b": {"packages": ["x"]}}, "pages": []}`,
		`{"preloadRule": {"a": {"network": "wifi", "packages": ["x"]}}}`:                                `{"preloadRule": {"a": {"network": "wifi", "packages": ["x"]}}}`,
		`{"preloadRule": {}}`: `{"preloadRule": {}}`,
		`{"preloadRule": 1}`:  `{"preloadRule": 1}`,
	} {
		got, err := dropPreload([]byte(before), "chat")
		if err != nil || string(got) != want {
			t.Errorf("%s\nbecame %s, %v\nwant   %s", before, got, err, want)
		}
	}
}
