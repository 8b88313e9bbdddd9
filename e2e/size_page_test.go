//go:build e2e

package e2e

import (
	"context"
	"fmt"
	"math"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"github.com/tuikit-cli/tuikit-cli/internal/budget"
	"github.com/tuikit-cli/tuikit-cli/internal/msg"
)

// weigh is a package of files, by path and packed bytes; on disk they are half as large again.
func weigh(root, kind string, files map[string]int64) budget.Weight {
	w := budget.Weight{Root: root, Kind: kind, Limit: budget.Limit}
	for path, bytes := range files {
		if root != "" {
			path = root + "/" + path
		}
		w.Files = append(w.Files, budget.FileSize{Path: path, Bytes: bytes, Source: bytes * 3 / 2})
		w.Bytes += bytes
		w.Source += bytes * 3 / 2
	}
	return w
}

func report(packages ...budget.Weight) *budget.Report {
	r := &budget.Report{Settings: budget.Settings{ES6: true, Minify: true}, Packages: packages, Limit: budget.TotalLimit}
	for _, w := range packages {
		r.Total += w.Bytes
	}
	return r
}

// chatReport has a main package over its limit, a subpackage and an independent one.
func chatReport() *budget.Report {
	main := weigh("", "main", map[string]int64{
		"app.js": 3_100, "app.json": 900, "app.wxss": 700, "images/banner.png": 412_000, "images/icon.png": 18_000,
		"pages/index/index.js": 5_200, "pages/index/index.wxml": 2_300, "pages/index/index.wxss": 1_900,
		"miniprogram_npm/@tencentcloud/chat/index.js": 1_730_562, "miniprogram_npm/dayjs/index.js": 11_400,
		"miniprogram_npm/dayjs/locale/zh-cn.js": 2_400,
	})
	main.Added = 9_300
	main.Bytes += main.Added
	sub := weigh("TUI-CustomerService", "subpackage", map[string]int64{
		"pages/index/index.js": 1_200, "TUIKit/components/TUIChat/index.js": 61_000, "TUIKit/components/TUIChat/index.wxml": 22_000,
		"TUIKit/components/TUIChat/index.wxss": 17_000, "TUIKit/debug/lib-generate-test-usersig-es.min.js": 149_081,
		"TUIKit/static/assets/a.png": 44_000, "TUIKit/static/assets/b.png": 22_000, "TUIKit/old.js": 9_000, "notes.json": 30_000,
	})
	for i := range sub.Files {
		sub.Files[i].Unreached = strings.HasSuffix(sub.Files[i].Path, "old.js") || strings.Contains(sub.Files[i].Path, "debug/")
		sub.Files[i].Dropped = strings.HasSuffix(sub.Files[i].Path, "notes.json")
	}
	sub.Bytes -= 30_000
	sub.Source -= 45_000
	alone := weigh("promo", "independent", map[string]int64{"pages/promo.js": 400_000, "pages/promo.wxml": 9_000})
	alone.Limit, alone.Budgeted = 430_000, true
	r := report(main, sub, alone)
	r.Duplicates = []budget.Duplicate{{Bytes: 18_000, Paths: []string{"TUI-CustomerService/TUIKit/static/assets/b.png", "images/icon.png"}}}
	return r
}

func sizePage(t *testing.T, r *budget.Report, lang msg.Lang, project string) []byte {
	t.Helper()
	page, err := budget.HTML(r, budget.Page{Lang: lang, Project: project, Tool: "tuikit-cli 1.2.3"})
	if err != nil {
		t.Fatal(err)
	}
	return page
}

// rectangle is one of the treemap at the level that has the keyboard.
type rectangle struct {
	Bytes, Area float64
	Label       string
}

const rectangles = `[...document.querySelectorAll('#map .node[role=button]')].map(e => {
	const r = e.getBoundingClientRect();
	return { Bytes: Number(e.dataset.bytes), Area: r.width * r.height, Label: e.getAttribute('aria-label') };
})`

// requireProportional: the areas of the rectangles are to each other as their bytes.
func requireProportional(p *tab, atLeast int) {
	p.t.Helper()
	found := value[[]rectangle](p, rectangles)
	if len(found) < atLeast {
		p.t.Fatalf("%d rectangles, not %d", len(found), atLeast)
	}
	var bytes, area float64
	for _, r := range found {
		bytes, area = bytes+r.Bytes, area+r.Area
	}
	for _, r := range found {
		if got, want := r.Area/area, r.Bytes/bytes; math.Abs(got-want) > 0.002+0.02*want {
			p.t.Errorf("%s: %.2f %% of the area, %.2f %% of the bytes", r.Label, 100*got, 100*want)
		}
	}
	whole := value[float64](p, `document.getElementById('map').clientWidth * document.getElementById('map').clientHeight`)
	if math.Abs(area/whole-1) > 0.01 {
		p.t.Errorf("the rectangles fill %.1f %% of the map", 100*area/whole)
	}
}

func (p *tab) text(selector string) string {
	p.t.Helper()
	return value[string](p, fmt.Sprintf(`document.querySelector(%q).innerText`, selector))
}

func (p *tab) requireText(selector string, parts ...string) {
	p.t.Helper()
	got := strings.ReplaceAll(p.text(selector), " ", " ")
	for _, part := range parts {
		if !strings.Contains(got, part) {
			p.t.Errorf("%s says %q, without %q", selector, got, part)
		}
	}
}

// requireNoScroll: nothing sticks out on the right.
func (p *tab) requireNoScroll() {
	p.t.Helper()
	const sticking = `(() => {
		const width = document.documentElement.clientWidth;
		if (document.documentElement.scrollWidth <= width) return '';
		const out = [...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right > width + 0.5);
		return document.documentElement.scrollWidth + ' > ' + width + ': ' + out.map(e => e.tagName + '#' + e.id + '.' + e.className).join(' ');
	})()`
	if out := value[string](p, sticking); out != "" {
		p.t.Errorf("the page is wider than its window: %s", out)
	}
}

const focused = `document.activeElement.getAttribute('aria-label') || document.activeElement.id || document.activeElement.tagName`

func TestSizePage(t *testing.T) {
	window := browser(t)
	chat := sizePage(t, chatReport(), msg.English, "my-chat")

	t.Run("at a glance", func(t *testing.T) {
		p := openTab(t, window, chat, 1400, 900)
		p.screenshot("english-light")
		p.requireText("#project", "my-chat")
		p.requireText("#verdict", "▲ main package is over its limit of 2 MB by 98.3 KB.")
		p.requireText("#rows tr:nth-child(1)", "main package", "2.10 MB / 2 MB", "105 %", "▲ over by 98.3 KB")
		p.requireText("#rows tr:nth-child(2)", "promo", "independent subpackage", "△ nearly full", "own budget 420 KB")
		p.requireText("#rows tr:nth-child(3)", "TUI-CustomerService", "subpackage", "free")
		p.requireText("#total", "/ 30 MB")
		p.requireText("#heaviest li", "@tencentcloud/chat/", "index.js", "1.65 MB")
		p.requireText("#duplicates", "17.6 KB × 2", "icon.png")
		p.requireText("#unreached-note", "2 files, 154 KB")
		p.requireText("#dropped", "notes.json")
		p.requireText("#legend", "npm packages", "nothing reaches it")
		p.requireNoScroll()
	})

	t.Run("of the command", func(t *testing.T) {
		project, file := generate(t, recipe{version: "2.4.5", generation: "chat", way: "isolated"}), filepath.Join(t.TempDir(), "size.html")
		if _, err := tuikit(project.recipe, "size", project.dir, "--format", "html", "--lang", "en", "-o", file); err != nil {
			t.Fatal(err)
		}
		p := openTab(t, window, []byte(read(t, file)), 1400, 900)
		p.screenshot("command")
		p.requireText("#verdict", "All 2 packages fit; the fullest, "+subpackage)
		p.requireText("#rows tr:nth-child(1)", "main package", "B / 2 MB", "free")
		p.requireText("#rows tr:nth-child(2)", subpackage, "MB / 2 MB", "free")
		p.requireText("#heaviest li", "@tencentcloud/chat/", "index.js")
		p.do(chromedp.Click(chromedp.CSS(`#rows tr:nth-child(2) button`)))
		requireProportional(p, 2)
		p.requireNoScroll()
	})

	t.Run("areas", func(t *testing.T) {
		p := openTab(t, window, chat, 1400, 900)
		requireProportional(p, 3)
		p.do(chromedp.Click(chromedp.CSS(`[data-measure=source]`)))
		requireProportional(p, 3)
		p.do(chromedp.Click(chromedp.CSS(`#rows tr:nth-child(3) button`)))
		requireProportional(p, 2)
		p.requireText("#crumbs", "All packages", "TUI-CustomerService")
		p.screenshot("subpackage")
	})

	t.Run("keyboard", func(t *testing.T) {
		p := openTab(t, window, chat, 1400, 900)
		p.do(chromedp.Focus(chromedp.CSS(`#search`)))
		p.press(kb.Tab)
		requireFocus := func(want string) {
			t.Helper()
			if got := value[string](p, focused); !strings.HasPrefix(got, want) {
				t.Errorf("the keyboard is at %q, not %q", got, want)
			}
		}
		requireFocus("main package, Packed 2.10 MB")
		if width := value[string](p, `getComputedStyle(document.getElementById('ring')).borderTopWidth`); width != "3px" {
			t.Errorf("the ring around the focus is %s wide", width)
		}
		p.press(kb.ArrowRight)
		requireFocus("promo")
		p.press(kb.ArrowDown)
		requireFocus("TUI-CustomerService")
		p.press(kb.Enter)
		p.requireText("#crumbs", "TUI-CustomerService")
		requireFocus("TUI-CustomerService/TUIKit, Packed")
		p.screenshot("keyboard")
		p.press(kb.Enter)
		requireFocus("TUI-CustomerService/TUIKit/debug")
		p.press(kb.End)
		requireFocus("TUI-CustomerService/TUIKit/old.js")
		p.press(kb.Backspace)
		requireFocus("TUI-CustomerService/TUIKit, Packed")
		p.press(kb.Escape)
		requireFocus("TUI-CustomerService, Packed")
		if at := strings.TrimSpace(p.text("#crumbs")); at != "All packages" {
			t.Errorf("the map is at %q", at)
		}
		p.press(kb.Escape)
		requireFocus("TUI-CustomerService, Packed")
	})

	t.Run("mouse", func(t *testing.T) {
		p := openTab(t, window, chat, 1400, 900)
		p.do(chromedp.Click(chromedp.CSS(`#heaviest li button`)))
		p.requireText("#crumbs", "main package", "miniprogram_npm", "@tencentcloud/chat")
		p.requireText("#detail", "miniprogram_npm/@tencentcloud/chat/index.js", "1.65 MB (1,730,562)", "used")
		p.do(chromedp.Click(chromedp.CSS(`#crumbs button`)))
		requireProportional(p, 3)
	})

	t.Run("search", func(t *testing.T) {
		p := openTab(t, window, chat, 1400, 900)
		p.do(chromedp.SendKeys(chromedp.CSS(`#search`), "TUIChat index"))
		p.requireText("#found", "3 files", "97.7 KB")
		if dim := value[bool](p, `[...document.querySelectorAll('#map .node')].some(e => e.classList.contains('dim'))`); !dim {
			t.Error("everything is as bright as before")
		}
		p.screenshot("search")
		p.press(kb.Enter)
		p.requireText("#crumbs", "components/TUIChat")
		p.do(chromedp.SendKeys(chromedp.CSS(`#search`), " no such file"))
		p.requireText("#found", "nothing found")
	})

	t.Run("table", func(t *testing.T) {
		p := openTab(t, window, chat, 1400, 900)
		p.do(chromedp.Click(chromedp.CSS(`#table summary`)))
		p.eventually(`document.querySelector('#table-rows tr') !== null`)
		p.requireText("#table-rows tr", "miniprogram_npm/@tencentcloud/chat/index.js", "1,730,562")
		p.do(chromedp.Click(chromedp.CSS(`[data-sort=path]`)))
		p.requireText("#table-rows tr", "TUI-CustomerService/TUIKit/components/TUIChat/index.js")
		if sorted := value[string](p, `document.querySelector('[aria-sort=ascending]').textContent`); sorted != "File" {
			t.Errorf("sorted by %q", sorted)
		}
		if rows, want := value[int](p, `document.querySelectorAll('#table-rows tr').length`), 22; rows != want {
			t.Errorf("%d rows, not %d", rows, want)
		}
		p.screenshot("table")
	})

	t.Run("language", func(t *testing.T) {
		p := openTab(t, window, sizePage(t, chatReport(), msg.Chinese, "我的小程序"), 1400, 900)
		p.requireText("#verdict", "主包超出 2 MB 的上限")
		p.screenshot("chinese")
		p.do(chromedp.Click(chromedp.CSS(`#language`)))
		p.requireText("#verdict", "main package is over")
		p.requireText("#legend", "Scripts")
		if lang := value[string](p, `document.documentElement.lang + ' ' + document.title`); lang != "en 我的小程序 - package sizes" {
			t.Errorf("the page is %q", lang)
		}
		p.do(chromedp.Click(chromedp.CSS(`#language`)))
		p.requireText("#packages", "独立分包")
		if english := value[string](p, `document.body.innerText`); strings.Contains(english, "package") {
			t.Errorf("English is left: %s", english)
		}
	})

	t.Run("theme", func(t *testing.T) {
		p := openTab(t, window, chat, 1400, 900)
		const paper = `getComputedStyle(document.body).backgroundColor`
		light := value[string](p, paper)
		p.media("", "dark", "reduce")
		p.eventually(`document.documentElement.dataset.theme === 'dark'`)
		dark := value[string](p, paper)
		p.screenshot("dark")
		p.do(chromedp.Click(chromedp.CSS(`#theme`)))
		chosen := value[string](p, paper)
		if light != "rgb(255, 255, 255)" || dark == light || chosen != light {
			t.Errorf("light is %s, dark %s, light again %s", light, dark, chosen)
		}
		p.requireText("#theme", "Dark")
	})

	t.Run("motion", func(t *testing.T) {
		p := openTab(t, window, chat, 1000, 800)
		const moving = `(() => { zoom(everything.children[0]); const n = document.getAnimations().length; zoom(everything); return n; })()`
		if n := value[int](p, moving); n != 0 {
			t.Errorf("%d things move, though nobody likes motion", n)
		}
		p.media("", "light", "no-preference")
		if n := value[int](p, moving); n != 1 {
			t.Errorf("%d things move", n)
		}
	})

	t.Run("narrow", func(t *testing.T) {
		for _, width := range []int64{320, 390, 700, 830, 1010} {
			p := openTab(t, window, chat, width, 800)
			p.requireNoScroll()
			requireProportional(p, 3)
			p.screenshot(fmt.Sprintf("narrow-%d", width))
			p.do(chromedp.Click(chromedp.CSS(`#language`)))
			p.requireNoScroll()
			p.do(chromedp.EmulateViewport(1200, 800))
			p.eventually(`view.drawn[0].at.h > 0 && Math.round(view.drawn.reduce((w, d) => Math.max(w, d.at.x + d.at.w), 0)) === document.getElementById('map').clientWidth`)
			requireProportional(p, 3)
		}
	})

	t.Run("print", func(t *testing.T) {
		p := openTab(t, window, chat, 760, 1000)
		p.media("print", "dark", "reduce")
		p.screenshot("print")
		p.requireNoScroll()
		if shown := value[bool](p, `document.getElementById('search').checkVisibility()`); shown {
			t.Error("there is a field to type into on paper")
		}
		pages, err := chromedp.Run(p.ctx, chromedp.PrintToPDF(chromedp.PDFPrintBackground()))
		if err != nil || len(pages) < 1000 {
			t.Errorf("printed %d bytes, %v", len(pages), err)
		}
	})

	t.Run("hostile names", func(t *testing.T) {
		names := map[string]int64{}
		for i, name := range []string{"</script><script>alert(1)</script>.js", `"'><img src=x onerror=alert(1)>.png`, "\u202egnp.js",
			"👩‍👩‍👧 文件.wxml", "שלום/مرحبا.js", strings.Repeat("very-long-", 24) + ".js", "__proto__/constructor.js", "miniprogram_npm/@x.js"} {
			names[name] = int64(50_000 - i)
		}
		p := openTab(t, window, sizePage(t, report(weigh("", "main", names)), msg.English, "</title><script>alert(1)</script>"), 1000, 800)
		requireProportional(p, 8)
		p.requireText("#map", "\\u202egnp.js", "<script>alert(1)<", "__proto__", "constructor.js")
		p.requireNoScroll()
		p.screenshot("hostile")
		p.do(chromedp.EmulateViewport(320, 800))
		p.requireNoScroll()
	})

	t.Run("nothing", func(t *testing.T) {
		p := openTab(t, window, sizePage(t, report(weigh("", "main", nil)), msg.English, "empty"), 1000, 800)
		p.requireText("#rows", "main package", "0 B / 2 MB")
		p.press(kb.Escape)
	})

	t.Run("5000 files", func(t *testing.T) { testManyFiles(t, window) })
}

// testManyFiles: a large project is drawn and redrawn within what feels like at once.
func testManyFiles(t *testing.T, window context.Context) {
	var packages []budget.Weight
	for i := range 20 {
		files := map[string]int64{}
		for j := range 250 {
			extension := []string{"js", "wxml", "wxss", "json", "png"}[j%5]
			files[fmt.Sprintf("dir%d/sub%d/file%d.%s", j%7, j%3, j, extension)] = int64(20 + j*j*(i+1)/40)
		}
		root, kind := fmt.Sprintf("packages/p%d", i), "subpackage"
		if i == 0 {
			root, kind = "", "main"
		}
		packages = append(packages, weigh(root, kind, files))
	}
	p := openTab(t, window, sizePage(t, report(packages...), msg.English, "large"), 1400, 900)
	p.screenshot("5000-files")
	requireProportional(p, 20)
	took := value[float64](p, `(() => { const start = performance.now(); draw(); document.getElementById('map').offsetHeight; return performance.now() - start; })()`)
	loaded := value[float64](p, `performance.getEntriesByType('navigation')[0].domComplete`)
	t.Logf("loaded in %.0f ms, drawn again in %.0f ms, %d rectangles", loaded, took, value[int](p, `document.querySelectorAll('#map .node').length`))
	if took > 1000 || loaded > 5000 {
		t.Errorf("loaded in %.0f ms, drawn in %.0f ms", loaded, took)
	}
	p.do(chromedp.SendKeys(chromedp.CSS(`#search`), "file249"))
	p.requireText("#found", "20 files")
	p.do(chromedp.Click(chromedp.CSS(`#table summary`)))
	p.eventually(`document.querySelectorAll('#table-rows tr').length === 20`)
	p.do(chromedp.Click(chromedp.CSS(`#more-packages`)))
	if rows := value[int](p, `document.querySelectorAll('#rows tr').length`); rows != 20 {
		t.Errorf("%d packages", rows)
	}
}
