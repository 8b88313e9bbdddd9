package msg

import (
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"
)

const han = `\p{Han}`

// style are the habits of Chinese texts: each a pattern of what is not done, with an
// example that shows it.
var style = []struct{ name, pattern, bad string }{
	{"a half-width mark beside a Chinese character", han + `[,;:!?()]|[,;!?()]` + han, "放入,然后"},
	{"an English full stop", han + `\.(\s|$)`, "完成."},
	{"no space between Chinese and Latin", han + `[A-Za-z0-9]|[A-Za-z0-9]` + han, "使用npm"},
	{"a space between Chinese characters", han + ` +` + han, "使用 方法"},
	{"a space beside a full-width mark", `[^ \n] +[，。、；：！？（）]|[，。、；：！？（）] +[^ {]`, "好， 的"},
	{"other quotation marks than “ ”", `[「」『』‘’]`, "「好」"},
	{"an ellipsis of dots", han + `\.\.\.`, "构建..."},
	{"no space beside a value that is a name or a number", han + `\{\{\.(Count|File|Dir|Name|Version|Page|Path|Command|Flag|Value|Root|Key)\}\}|\{\{\.(Count|File|Dir|Name|Version|Page|Path|Command|Flag|Value|Root|Key)\}\}` + han, "放入{{.Dir}}"},
}

func TestChineseStyle(t *testing.T) {
	for _, rule := range style {
		pattern := regexp.MustCompile(rule.pattern)
		if !pattern.MatchString(rule.bad) {
			t.Errorf("%s: the pattern does not find its own example", rule.name)
		}
		for id, words := range catalogue(t, Chinese) {
			if rule.name == "a half-width mark beside a Chinese character" && id == "check.wxs-syntax.shorthand" {
				continue // it shows code
			}
			if found := pattern.FindString(words); found != "" {
				t.Errorf("%s: %s: %q in %q", id, rule.name, found, words)
			}
		}
	}
}

// mute are messages without a Chinese character: values and commands alone.
var mute = []string{
	"ask.sdkappid-needed", "ask.userid-needed", "check.literal", "diag.found", "diag.summary", "doctor.appid", "doctor.credentials",
	"doctor.devtools", "doctor.git", "doctor.git.install", "doctor.group.uikit", "doctor.literal", "doctor.node", "doctor.npm",
	"doctor.uikit", "domains.source.project", "error.file", "error.later.next", "error.npm-packages.next",
	"error.other", "error.unfinished.next", "list.comma", "os.at", "progress.install", "progress.relock", "prompt.answer", "size.npm",
	"status.file", "status.integration", "status.title", "usersig.sdkappid", "usersig.userid",
}

func TestChineseIsChinese(t *testing.T) {
	chinese := regexp.MustCompile(han)
	for id, words := range catalogue(t, Chinese) {
		if has := chinese.MatchString(words); has == slices.Contains(mute, id) {
			t.Errorf("%s: has Chinese characters: %v: %q", id, has, words)
		}
	}
}

func TestEnglishIsEnglish(t *testing.T) {
	other := regexp.MustCompile(`[^\x20-\x7e\n…]`)
	for id, words := range catalogue(t, English) {
		if found := other.FindString(words); found != "" {
			t.Errorf("%s: %q is no ASCII: %q", id, found, words)
		}
	}
}

// wrong are words that have another form here (docs/architecture.md and the vendor's own
// spelling). A name in code, such as --usersig or SDKAPPID, is not prose.
var wrong = map[Lang][]struct{ pattern, bad string }{
	English: {
		{`(?i)\bsub[- ]packages?\b`, "a sub-package"},
		{`(?i)\bmini-programs?\b`, "a mini-program"},
		{`\bminiprogram (project|app|page)s?\b`, "a miniprogram page"},
		{`SDKAppI[^D]|SdkAppId|\bsdkAppId\b`, "SDKAppId"},
		{`UserSIG|Usersig|\busersigs\b|(^|[^-./])\busersig\b`, "a usersig"},
		{`(?i)\bsecret[- ]keys?\b`, "the secret key"},
		{`\bTabBar\b|\btab bar\b`, "the tab bar"},
		{`\b[Tt]he package npm\b|\bNPM\b`, "NPM"},
		{`\b(will|can|do|is|are|would)n['’]t\b`, "don't"},
		{`(?i)\bplease note\b|\boops\b|!$`, "done!"},
	},
	Chinese: {
		{`子包|子套件|分包裹`, "子包"},
		{`独立子包|独立包`, "独立包"},
		{`主程序包|主套件`, "主程序包"},
		{`小程式`, "小程式"},
		{`编译 npm|打包 npm`, "编译 npm"},
		{`用户签名`, "用户签名"},
		{`页面地址`, "页面地址"},
		{`\bNPM\b`, "NPM"},
		{`自定义元件|控件`, "控件"},
		{`SDKAppI[^D]|SdkAppId`, "SDKAppId"},
		{`你`, "你的"},
		{`登陆|帐号|其它`, "登陆"},
	},
}

func TestWords(t *testing.T) {
	for lang, rules := range wrong {
		for _, rule := range rules {
			pattern := regexp.MustCompile(rule.pattern)
			if !pattern.MatchString(rule.bad) {
				t.Errorf("%s does not find its own example %q", rule.pattern, rule.bad)
			}
			for id, words := range catalogue(t, lang) {
				if found := pattern.FindString(strings.ReplaceAll(placeholder.ReplaceAllString(words, "x"), "tuikit-cli usersig", "x")); found != "" {
					t.Errorf("%s.json: %s: %q in %q", lang, id, found, words)
				}
			}
		}
	}
}

// TestEndsAgree: what is a sentence in one language, with a full stop, is one in the
// other, and lines that are shown as they are stand in both.
func TestEndsAgree(t *testing.T) {
	zh := catalogue(t, Chinese)
	indented := func(words string) (lines []string) {
		for line := range strings.SplitSeq(words, "\n") {
			if strings.HasPrefix(line, "  ") {
				lines = append(lines, strings.Fields(line)[0])
			}
		}
		return lines
	}
	for id, words := range catalogue(t, English) {
		other := zh[id]
		if a, b := strings.HasSuffix(words, "."), strings.HasSuffix(other, "。"); a != b && !command.MatchString(words+other) {
			t.Errorf("%s: only one of %q and %q ends with a full stop", id, words, other)
		}
		if a, b := strings.HasSuffix(strings.TrimSpace(words), ":"), strings.HasSuffix(strings.TrimSpace(other), "："); a != b {
			t.Errorf("%s: only one of %q and %q ends with a colon", id, words, other)
		}
		if a, b := indented(words), indented(other); strings.HasPrefix(id, "help.") && !slices.Equal(a, b) {
			t.Errorf("%s: the lines to type differ: %q, %q", id, a, b)
		}
	}
}

// command is a message that tells what to type, in one of the languages without more.
var command = regexp.MustCompile(`npm view `)

// TestCodeIsTheSame: flags, commands and names of files stand in both languages.
func TestCodeIsTheSame(t *testing.T) {
	zh := catalogue(t, Chinese)
	code := regexp.MustCompile("--[a-z][a-z-]+|tuikit-cli (?:init|add-subpackage|build-npm|check|size|status|undo|recover|help)\\b|`[^`]+`|[a-zA-Z.-]+\\.(?:json|js|wxss|wxml|md)\\b|https?://[^ ，）。)]+")
	for id, words := range catalogue(t, English) {
		count := map[string]int{}
		for _, found := range code.FindAllString(words, -1) {
			count[strings.TrimRight(found, ".")]++
		}
		chinese := zh[strings.TrimSuffix(id, ".one")] // which has no plural
		for _, found := range code.FindAllString(strings.ReplaceAll(chinese, "checks.zh-CN.md", "checks.md"), -1) {
			count[found] = 0
		}
		for found := range maps.Keys(count) {
			if !strings.Contains(words, found) || !strings.Contains(strings.ReplaceAll(chinese, "checks.zh-CN.md", "checks.md"), found) {
				t.Errorf("%s: %s stands in one language only:\n  %s\n  %s", id, found, words, chinese)
			}
		}
	}
}

// TestFlagsNameTheirValuesAlike: what help puts behind a flag is no prose.
func TestFlagsNameTheirValuesAlike(t *testing.T) {
	value := regexp.MustCompile("`[^`]*`")
	zh := catalogue(t, Chinese)
	for id, words := range catalogue(t, English) {
		if a, b := value.FindString(words), value.FindString(zh[id]); a != b {
			t.Errorf("%s: %s in English, %s in Chinese", id, a, b)
		}
	}
}

// TestNumbersFit: English has another form for one, so that a counted noun stands in a
// message that has another form for one, or for a number that is never one.
func TestNumbersFit(t *testing.T) {
	counted := regexp.MustCompile(`\{\{\.(Count|Created|Updated|Moved|Deleted|Pristine|Max)\}\} [a-z]+ ?[a-z]*s\b`)
	many := []string{"usage.userid"}
	en := catalogue(t, English)
	for id, words := range en {
		if en[id+".one"] != "" || strings.HasSuffix(id, ".one") {
			continue
		}
		if found := counted.FindString(words); found != "" && !slices.Contains(many, id) {
			t.Errorf("%s: %q for one would be wrong", id, found)
		}
	}
}
