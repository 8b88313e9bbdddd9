package budget

import (
	"bytes"
	"encoding/json"
	"path"
	"strings"
)

// projectConfig is what the compiler packs as project.config.json, whatever it holds.
const projectConfig = `{"miniprogramRoot":"","__compileDebugInfo__":{"useSummer":true}}`

// estimateJSON is the size of a .json file. app.json and the configuration of pages and
// components are written anew, without white space and, but for app.json, with a
// "usingComponents"; all others are copied (mpjson.js, getPageJSON.js). Which one a file
// is follows from its content here, as the files beside it are not known; components
// that app.json adds to every page are not counted.
func estimateJSON(name string, data []byte) int64 {
	if path.Base(name) == "project.config.json" {
		return int64(len(projectConfig))
	}
	var config map[string]json.RawMessage
	if json.Unmarshal(data, &config) != nil {
		return int64(len(data))
	}
	app := name == "app.json"
	if !app && !pageConfig(name, config) {
		return int64(len(data))
	}
	var compact bytes.Buffer
	if json.Compact(&compact, data) != nil {
		return int64(len(data))
	}
	size := int64(compact.Len() - bytes.Count(compact.Bytes(), []byte(`\/`)))
	if _, ok := config["usingComponents"]; !ok && !app {
		size += int64(len(`"usingComponents":{}`))
		if len(config) > 0 {
			size++
		}
	}
	if unknown := unknownKeys(config); len(unknown) > 0 && !app {
		size += int64(len(`,"__warning__":"invalid page.json "`))
		for _, key := range unknown {
			size += int64(len(key) + len(`[\"\"]`))
		}
	}
	return size
}

// notPages are .json files that stand beside a script of the same name by chance only.
var notPages = map[string]bool{"package.json": true, "project.private.config.json": true, "package-lock.json": true, "sitemap.json": true, "theme.json": true, "ext.json": true, "tsconfig.json": true, "jsconfig.json": true}

// pageKeys are keys of the configuration of pages and components
// (developers.weixin.qq.com, reference/configuration/page).
var pageKeys = makePageKeys()

func makePageKeys() map[string]bool {
	keys := map[string]bool{}
	for _, key := range strings.Fields(`usingComponents component componentGenerics componentPlaceholder styleIsolation renderer
		navigationBarBackgroundColor navigationBarTextStyle navigationBarTitleText navigationStyle homeButton backgroundColor backgroundColorContent
		backgroundTextStyle backgroundColorTop backgroundColorBottom enablePullDownRefresh onReachBottomDistance pageOrientation disableScroll
		initialRenderingCache restartStrategy handleWebviewPreload visualEffectInBackground enablePassiveEvent rendererOptions componentFramework
		disableSwipeBack $schema pureDataPattern virtualHost addGlobalClass`) {
		keys[key] = true
	}
	return keys
}

// pageConfig reports whether an object is the configuration of a page or component: an
// empty one is, too.
func pageConfig(name string, config map[string]json.RawMessage) bool {
	if notPages[path.Base(name)] {
		return false
	}
	return config["usingComponents"] != nil || config["component"] != nil || len(unknownKeys(config)) == 0
}

// unknownKeys are those that no page has; the compiler adds a warning about them.
func unknownKeys(config map[string]json.RawMessage) []string {
	var unknown []string
	for key := range config {
		if !pageKeys[key] {
			unknown = append(unknown, key)
		}
	}
	return unknown
}
