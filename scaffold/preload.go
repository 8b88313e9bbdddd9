package scaffold

import (
	"encoding/json"
	"slices"
	"strconv"

	"github.com/tuikit-cli/tuikit-cli/internal/msg"
	"github.com/tuikit-cli/tuikit-cli/internal/project"
	"github.com/tuikit-cli/tuikit-cli/jsonpatch"
)

// rule is what WeChat loads when a page is entered, and over which networks
// (developers.weixin.qq.com, framework/subpackages/preload).
type rule struct {
	Network  string   `json:"network"`
	Packages []string `json:"packages"` // names or roots of subpackages
}

const preloadKey = "preloadRule"

// preloads reports whether app.json has the rule that the options ask for.
func preloads(app []byte, o Options) bool {
	raw, there := jsonpatch.Find(app, preloadKey, o.Preload)
	var known rule
	return there && json.Unmarshal(raw, &known) == nil && slices.Contains(known.Packages, o.Subpackage)
}

// preload adds the subpackage to what WeChat loads when a page is entered.
func (r *recipe) preload() error {
	if r.Preload == "" {
		return nil
	}
	return r.editJSON(project.AppFile, msg.T("why.preload", "Page", r.Preload), func(data []byte) ([]byte, error) {
		if preloads(data, r.Options) {
			return data, nil
		}
		r.Notes = append(r.Notes, msg.T("note.preload", "Page", r.Preload))
		return addPreload(data, r.Preload, r.Subpackage)
	})
}

// addPreload adds a subpackage to the rule of a page, whose network stays.
func addPreload(data []byte, page, root string) ([]byte, error) {
	if _, there := jsonpatch.Find(data, preloadKey, page); there {
		return jsonpatch.Append(data, root, preloadKey, page, "packages")
	}
	return jsonpatch.Set(data, rule{"all", []string{root}}, preloadKey, page)
}

// dropPreload takes a subpackage out of all rules, and the rules that say nothing
// without it.
func dropPreload(data []byte, root string) ([]byte, error) {
	raw, _ := jsonpatch.Find(data, preloadKey)
	var rules map[string]rule
	if json.Unmarshal(raw, &rules) != nil {
		return data, nil // there are none
	}
	gone := 0
	for _, page := range sorted(rules) {
		at := slices.Index(rules[page].Packages, root)
		where := []string{preloadKey, page, "packages", strconv.Itoa(at)}
		switch {
		case at < 0:
			continue
		case len(rules[page].Packages) == 1:
			where = where[:2]
			gone++
		}
		var err error
		if data, err = jsonpatch.Delete(data, where...); err != nil {
			return nil, err
		}
	}
	if gone > 0 && gone == len(rules) {
		return jsonpatch.Delete(data, preloadKey)
	}
	return data, nil
}
