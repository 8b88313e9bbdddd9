package check

// Rules are all rules, by ID.
var Rules []*Rule

// The list is filled at start-up: rules speak of other rules.
func init() {
	Rules = []*Rule{
		appFile,
		appJSON,
		appScript,
		babelHelper,
		componentFlag,
		componentMissing,
		componentPackage,
		componentPlaceholder,
		componentScript,
		componentUndeclared,
		configShape,
		duplicateKey,
		encoding,
		entryPage,
		es6Off,
		imageMissing,
		independentApp,
		jsonSyntax,
		moduleMissing,
		navigateTarget,
		npmBuild,
		packFiles,
		packageBoundary,
		packageSize,
		pageMissing,
		pagePath,
		pluginUndeclared,
		preloadRule,
		scriptModule,
		scriptSyntax,
		scriptUnregistered,
		sitemap,
		skylinePage,
		styleMissing,
		styleSyntax,
		styleURL,
		subpackageRoot,
		subpackageSpelling,
		suppression,
		tabBar,
		templateMissing,
		templateSyntax,
		templateUndefined,
		themeVariable,
		typescriptOff,
		uikitCopy,
		uikitDebug,
		uikitDependency,
		uikitDrift,
		uikitGlobalData,
		uikitGlobals,
		uikitIndependent,
		uikitInit,
		uikitJump,
		uikitNavigation,
		uikitNested,
		uikitSecret,
		uikitSkyline,
		uikitURLCheck,
		unknownKey,
		wxsMissing,
		wxsSyntax,
	}
}

// IDs lists the rules' IDs.
func IDs() []string {
	ids := make([]string, len(Rules))
	for i, rule := range Rules {
		ids[i] = rule.ID
	}
	return ids
}

// Nearest is the ID of the rule that was most likely meant, "" for none.
func Nearest(id string) string { return nearest(id, IDs()) }
