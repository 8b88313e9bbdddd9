package schema

import (
	"regexp"
	"sync"
)

// shapes has the shape of every file. Nobody who does not validate pays for it.
var shapes = sync.OnceValue(func() map[File]*shape {
	return map[File]*shape{
		App:           appShape(),
		Page:          pageShape(),
		ProjectConfig: projectShape(),
		Theme:         record(each(dict(of("string")), "light dark")),
	}
})

func appShape() *shape {
	common := appFields()
	platform := record(common)
	own := fields{
		"static": list(record(fields{
			"pattern":   of("string"),
			"platforms": list(enum("mini-android", "mini-ios", "mini-ohos", "mini-weixin")),
		}, "pattern", "platforms")),
	}
	own["window"] = common["window"].orNothing() // replaced by an empty one, on the first level only
	// No "mini-ohos" here, though static knows it: the compiler warns of it.
	return record(join(common, own, each(platform, "mini-ios mini-android mini-weixin")), "pages")
}

// appFields are the keys of app.json that may also stand under a platform's name.
func appFields() fields {
	text, flag, texts := of("string"), of("boolean"), list(of("string"))
	return join(
		each(text, `__warning__ entryPagePath cloudVersion openDataContext openLocationPagePath sitemapLocation
			serviceProviderTicket themeLocation theme xrEntryPagePath`),
		each(flag, `debug resizable frameset cloud darkmode lazyCodeLoadingLegacy __usePrivacyCheck__
			keepContextPageInCycleJump`),
		each(texts, "pages requiredBackgroundModes requireBackgroundModes embeddedAppIdList"),
		each(dict(text), "usingComponents componentPlaceholder resolveAlias"),
		each(list(packageShape()), "subPackages subpackages"),
		appStructure(), appBehaviour(), rendering(), styling(),
	)
}

// appStructure are the keys that say what the app consists of.
func appStructure() fields {
	text, flag := of("string"), of("boolean")
	return fields{
		"window":  record(windowFields()),
		"tabBar":  tabBarShape(),
		"appBar":  record(fields{"custom": flag}),
		"plugins": pluginsShape(),
		"agent":   of("object"),
		"workers": record(fields{"path": text, "isSubpackage": flag}, "isSubpackage", "path").strictly().or("string"),
		"preloadRule": dict(record(fields{
			"network":  enum("all", "wifi"),
			"packages": list(text),
		}, "packages")),
		"useExtendedLib": dict(of("string", "boolean")),
		"chatTools": list(record(join(each(text, "root entryPagePath desc"), fields{"scopes": list(text)}),
			"desc", "entryPagePath", "root")),
		"accountCardPackage": record(fields{
			"root":     text,
			"cardList": list(record(fields{"type": of("number"), "componentPath": text}, "componentPath", "type")),
		}, "cardList", "root"),
		"functionalPages": record(fields{"independent": flag}, "independent").strictly().or("boolean"),
		"entranceDeclare": record(fields{"locationMessage": record(each(text, "path query"))}),
		"miniApp":         record(fields{"useAuthorizePage": flag}),
		"cloudConfig":     record(each(text, "gatewayDomain publicKey gatewayId")),
	}
}

// appBehaviour are the keys that switch something.
func appBehaviour() fields {
	reason := record(fields{"desc": of("string")}, "desc")
	return fields{
		"permission":           record(each(reason, "scope.userLocation scope.userFuzzyLocation")),
		"networkTimeout":       record(each(of("number"), "request connectSocket uploadFile downloadFile")),
		"mimeTypeDeclarations": dict(list(of("string"))),
		"displayMode":          enum("desktop", "mobile", "pad"),
		"lazyCodeLoading":      enum("requiredComponents"),
		"debugOptions":         record(fields{"enableFPSPanel": of("boolean")}),
		"halfPage":             record(fields{"firstPageNavigationStyle": enum("custom", "default")}),
		"renderer":             enum("skyline", "webview"),
		"rendererOptions": record(fields{
			"defaultDisplayBlock": of("boolean"),
			"skyline":             skylineShape(),
		}),
		"requiredPrivateInfos": list(enum("chooseAddress", "chooseLocation", "choosePoi", "getFuzzyLocation", "getLocation",
			"onLocationChange", "startLocationUpdate", "startLocationUpdateBackground")),
	}
}

// rendering are the keys that app.json and pages share, at every level.
func rendering() fields {
	return fields{
		"componentFramework": enum("exparser", "glass-easel"),
		"singlePage":         record(fields{"navigationBarFit": enum("float", "squeezed")}),
	}
}

// styling are the keys that app.json and pages share, but a page's platforms lack.
func styling() fields {
	return fields{
		"style":              enum("v2"),
		"enablePassiveEvent": dict(of("boolean")).or("boolean"),
	}
}

func skylineShape() *shape {
	return record(join(
		each(of("boolean"), "disableABTest defaultContentBox defaultDisplayBlock"),
		each(of("string"), "sdkVersionBegin sdkVersionEnd iosVersionBegin iosVersionEnd androidVersionBegin androidVersionEnd"),
	))
}

// windowFields are the keys of app.json's window, and a page's own.
func windowFields() fields {
	return join(
		each(of("string"), `backgroundColorTop backgroundColorBottom backgroundColorContent backgroundColor
			navigationBarTitleText navigationBarBackgroundColor`),
		each(of("boolean"), "enablePullDownRefresh homeButton"),
		fields{
			"onReachBottomDistance":    of("number"),
			"navigationBarTextStyle":   themed("black", "white"),
			"backgroundTextStyle":      themed("dark", "light"),
			"navigationStyle":          enum("custom", "default"),
			"pageOrientation":          enum("auto", "landscape", "portrait"),
			"renderingMode":            enum("mixed", "seperated"), // WeChat's spelling
			"restartStrategy":          enum("homePage", "homePageAndLatestPage"),
			"visualEffectInBackground": enum("hidden", "none"),
			"initialRenderingCache":    enum("capture", "dynamic", "static"),
			"handleWebviewPreload":     enum("auto", "manual", "static"),
		},
	)
}

func tabBarShape() *shape {
	text := of("string")
	item := record(join(
		each(text, "pagePath text iconPath selectedIconPath"),
		fields{"renderer": enum("cover-view", "skyline", "webview")},
	), "pagePath")
	return record(join(each(text, "color selectedColor backgroundColor"), fields{
		"custom":      of("boolean"),
		"list":        list(item),
		"borderStyle": themed("black", "white"),
		"position":    enum("bottom", "top"),
	}), "list")
}

func packageShape() *shape {
	text := of("string")
	// The renderers are not looked at: only those of the app and of pages are.
	return record(join(each(text, "name entry root componentFramework renderer"), fields{
		"independent":    of("boolean"),
		"pages":          list(text),
		"plugins":        pluginsShape(),
		"useExtendedLib": dict(of("string", "boolean")),
	}), "pages", "root")
}

func pluginsShape() *shape {
	text := of("string")
	return dict(record(join(each(text, "provider version path export"), fields{
		"genericsImplementation": dict(dict(text)),
	}), "provider", "version"))
}

func pageShape() *shape {
	common := pageFields()
	other := record(common)
	return record(join(common, styling(), fields{"componentPlaceholder": dict(of("string"))},
		each(other, "pageJSONLight pageJSONDark mini-ios mini-android mini-ohos mini-weixin")))
}

// pageFields are the keys of a page or component that may also stand under a
// platform's or a theme's name.
func pageFields() fields {
	return join(windowFields(), rendering(), each(of("boolean"), "disableScroll disableSwipeBack component"), fields{
		"usingComponents":   dict(of("string")),
		"renderer":          enum("cover-view", "skyline", "webview", "xr-frame"),
		"rendererOptions":   record(fields{"skyline": skylineShape()}),
		"componentGenerics": dict(genericShape()),
		"styleIsolation": enum("apply-shared", "isolated", "page-apply-shared", "page-isolated",
			"page-shared", "shared"),
		"pureDataPattern": of("string"),
	})
}

// genericShape takes null, which the compiler's schema does; a rule refuses it in
// the one place where the compiler looks again.
func genericShape() *shape {
	return record(fields{"default": of("string")}, "default").strictly().or("true").or("null")
}

// projectShape has only what the compiler looks at. It accepts every other key of
// project.config.json in silence. Two keys that the developer tools once wrote are
// here so as not to pass for slips: hidedInDevtools and currentL.
func projectShape() *shape {
	text, texts := of("string"), list(of("string"))
	rules := list(record(each(text, "type value"), "type", "value"))
	return record(join(
		each(text, `cloudfunctionRoot cloudfunctionTemplateRoot cloudcontainerRoot srcMiniprogramRoot description
			simulatorType miniprogramRoot qcloudRoot pluginRoot cloudbaseRoot compileType pluginAppid jsserverRoot
			projectname appid`),
		fields{
			"libVersion":                libVersionShape(),
			"simulatorPluginLibVersion": of(),
			"editorSetting":             record(fields{"tabIndent": enum("auto", "insertSpaces", "tab"), "tabSize": enum("\t").or("number")}),
			"packOptions":               record(each(rules, "ignore include")),
			"watchOptions":              record(fields{"ignore": texts}),
			"setting":                   settingShape(),
			"staticServerOptions":       record(fields{"servePath": text}),
			"scripts":                   record(each(text, "beforeCompile beforePreview beforeUpload")),
			"debugOptions":              record(fields{"hideInDevtools": texts, "hidedInDevtools": of()}),
			"condition":                 conditionShape(),
			"skeletonConfig":            orGlobal(skeletonShape()),
		},
	))
}

// libVersionShape is as lax as the compiler: "1.2" and even "ab" are accepted,
// since its dots stand for any character.
func libVersionShape() *shape {
	dotted := regexp.MustCompile(`^[0-9]*[^\n\r\x{2028}\x{2029}][0-9]*[^\n\r\x{2028}\x{2029}][0-9]*$`)
	s := enum("development", "latest", "trial", "widelyUsed")
	s.match = func(text string) bool { return text == "" || dotted.MatchString(text) }
	s.like = []string{"N.N.N"}
	return s
}

func settingShape() *shape {
	text := of("string")
	return record(join(
		each(of("boolean"), `es6 enhance postcss minified minifyWXSS minifyWXML uglifyFileName
			ignoreUploadUnusedFiles ignoreCodeQuality autoAudits urlCheck compileHotReLoad preloadBackgroundData
			lazyloadPlaceholderEnable useStaticServer disableUseStrict uploadWithSourceMap localPlugins
			packNpmManually coverView ignoreDevUnusedFiles checkInvalidKey showShadowRootInWxmlPanel
			useIsolateContext useMultiFrameRuntime useApiHook useApiHostProcess useLanDebug enableEngineNative
			showES6CompileOption`),
		fields{
			"babelSetting": record(fields{
				"outputPath":     text,
				"ignore":         list(text),
				"disablePlugins": of("array"),
			}),
			"useCompilerPlugins": list(enum("less", "sass", "typescript")).or("false"),
			"packNpmRelationList": list(record(each(text, "packageJsonPath miniprogramNpmDistDir"),
				"miniprogramNpmDistDir", "packageJsonPath")),
			"minifyWXMLSetting": orGlobal(record(each(of("boolean"),
				"collapseWhitespace conservativeCollapse preserveLineBreaks"))),
		},
	))
}

// orGlobal is settings for each path, and "global" for those that have none.
func orGlobal(s *shape) *shape {
	return &shape{types: []string{"object"}, fields: fields{"global": s}, required: []string{"global"}, rest: s}
}

// conditionShape is the compile modes that the developer tools offer.
func conditionShape() *shape {
	text := of("string")
	base := join(each(text, "name query"), each(of(), "shareInfo referrerInfo groupInfo"),
		fields{"scene": of("null", "string", "number")})
	modes := func(more ...fields) *shape {
		return record(fields{"current": of("number"), "currentL": of(), "list": list(record(join(append(more, base)...)))})
	}
	chat := each(of(), "chatroomUsernameInfo")
	return record(fields{
		"game":       modes(chat, each(text, "pathName")),
		"gamePlugin": modes(),
		"plugin":     modes(each(text, "pathName launchMode")),
		"miniprogram": modes(chat, each(text, "pathName launchMode"), fields{
			"partialCompile": record(fields{"enabled": of("boolean"), "pages": of("array")}),
		}),
	})
}

// skeletonShape is how the developer tools draw a page's skeleton.
func skeletonShape() *shape {
	text, flag, texts := of("string"), of("boolean"), list(of("string"))
	outline := enum("circle", "rect")
	return record(join(
		each(texts, "excludes remove grayBlock"),
		each(text, "backgroundColor templateName"),
		fields{
			"loading":    enum("", "chiaroscuro", "shine", "spin"),
			"outline":    record(fields{"remain": flag, "replace": text}, "remain", "replace"),
			"text":       record(fields{"color": text}, "color"),
			"image":      record(fields{"color": text, "shape": outline, "shapeOpposite": texts}, "color", "shape", "shapeOpposite"),
			"button":     record(fields{"color": text, "excludes": texts}, "color", "excludes"),
			"pseudo":     record(fields{"color": text, "shape": outline}, "color", "shape"),
			"showNative": flag,
			"mode":       enum("auto", "fullscreen"),
			"cssUnit":    enum("rem", "rpx", "vh", "vmax", "vmin", "vw"),
			"decimal":    of("number"),
		},
	))
}
