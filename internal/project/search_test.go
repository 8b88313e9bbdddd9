package project

import (
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestSearch(t *testing.T) {
	const app = "{\"pages\": []}\n"
	for _, c := range []struct {
		name, files string
		want        []string
	}{
		{"the folder itself", "-- app.json --\n" + app + "-- app.js --\n", []string{"."}},
		{"with TypeScript", "-- app.json --\n" + app + "-- app.ts --\n", []string{"."}},
		{"by its config", "-- project.config.json --\n{}\n-- app.json --\n" + app, []string{"."}},
		{"in a folder that the config names", "-- project.config.json --\n{\"miniprogramRoot\": \"m\"}\n-- m/app.json --\n" + app, []string{"."}},
		{"in a folder that the private config names", "-- project.config.json --\n{}\n-- project.private.config.json --\n{\"miniprogramRoot\": \"m\"}\n-- m/app.json --\n" + app, []string{"."}},
		{"several", "-- b/app.json --\n" + app + "-- b/app.js --\n-- a/x/project.config.json --\n{\"miniprogramRoot\": \"m\"}\n-- a/x/m/app.json --\n" + app, []string{"a/x", "b"}},
		{"one in another", "-- a/app.json --\n" + app + "-- a/app.js --\n-- a/old/app.json --\n" + app + "-- a/old/app.js --\n", []string{"a"}},
		{"an overlay without pages", "-- a/app.json --\n{\"window\": {}}\n-- a/project.config.json --\n{}\n", nil},
		{"a page called app", "-- m/app.json --\n" + app + "-- m/app.js --\n-- app/app.json --\n{\"usingComponents\": {}}\n-- app/app.js --\n", []string{"m"}},
		{"app.json alone", "-- a/app.json --\n" + app, nil},
		{"a broken app.json", "-- a/app.json --\n{,}\n-- a/app.js --\n", []string{"a"}},
		{"a broken app.json of nobody", "-- a/app.json --\n{,}\n", nil},
		{"a broken config", "-- a/project.config.json --\n{,}\n-- a/app.json --\n" + app, []string{"a"}},
		{"not in npm's folders", "-- node_modules/a/app.json --\n" + app + "-- node_modules/a/app.js --\n-- miniprogram_npm/a/app.json --\n" + app + "-- miniprogram_npm/a/app.js --\n", nil},
		{"not in hidden folders", "-- .cache/app.json --\n" + app + "-- .cache/app.js --\n", nil},
		{"what Taro has built", "-- dist/app.json --\n" + app + "-- dist/app.js --\n-- dist/taro.js --\n-- dist/base.wxml --\n", nil},
		{"what uni-app has built", "-- unpackage/dist/dev/mp-weixin/app.json --\n" + app + "-- unpackage/dist/dev/mp-weixin/app.js --\n-- unpackage/dist/dev/mp-weixin/common/vendor.js --\n-- unpackage/dist/dev/mp-weixin/common/main.js --\n-- unpackage/dist/dev/mp-weixin/common/runtime.js --\n", nil},
		{"beside a plugin", "-- project.config.json --\n{\"compileType\": \"plugin\", \"miniprogramRoot\": \"miniprogram/\", \"pluginRoot\": \"plugin/\"}\n-- miniprogram/app.json --\n" + app, []string{"."}},
		{"six folders deep", "-- 1/2/3/4/5/6/app.json --\n" + app + "-- 1/2/3/4/5/6/app.js --\n", []string{"1/2/3/4/5/6"}},
		{"twelve folders deep", "-- 1/2/3/4/5/6/7/8/9/10/11/12/app.json --\n" + app + "-- 1/2/3/4/5/6/7/8/9/10/11/12/app.js --\n", nil},
		{"nothing", "-- README.md --\n", nil},
	} {
		if diff := cmp.Diff(c.want, Search(tree(c.files))); diff != "" {
			t.Errorf("%s: %s", c.name, diff)
		}
	}
}

func TestRefuse(t *testing.T) {
	for _, c := range []struct{ name, files, framework, kind string }{
		{"native", "-- project.config.json --\n{}\n-- app.json --\n{}\n", "", ""},
		{"a plugin", "-- project.config.json --\n{\"compileType\": \"plugin\"}\n-- app.json --\n{}\n", "", ""},
		{"a game", "-- project.config.json --\n{\"compileType\": \"game\"}\n-- game.json --\n{}\n", "", "game"},
		{"a game without a config", "-- game.json --\n{}\n", "", "game"},
		{"a plugin of games", "-- project.config.json --\n{\"compileType\": \"gamePlugin\"}\n", "", "gamePlugin"},
		{"Taro", "-- package.json --\n{\"dependencies\": {\"@tarojs/taro\": \"1\"}}\n", "Taro", ""},
		{"a broken package.json", "-- package.json --\n{,}\n", "", ""},
		{"nothing", "-- README.md --\n", "", ""},
	} {
		err := Refuse(tree(c.files))
		var framework *FrameworkError
		var kind *KindError
		if errors.As(err, &framework) != (c.framework != "") || framework != nil && framework.Name != c.framework {
			t.Errorf("%s: %v", c.name, err)
		}
		if errors.As(err, &kind) != (c.kind != "") || kind != nil && kind.Kind != c.kind {
			t.Errorf("%s: %v", c.name, err)
		}
		if err != nil && !errors.As(err, new(*FileError)) {
			t.Errorf("%s: %T", c.name, err)
		}
	}
}
