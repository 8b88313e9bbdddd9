//go:build e2e

package e2e

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	cdpruntime "github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// errNoBrowser says what to do where the suite cannot help itself.
var errNoBrowser = errors.New("no Chromium: install Chromium or Chrome, or name its program in E2E_CHROMIUM")

// chromium finds the browser, and installs it where apt is at hand.
var chromium = sync.OnceValues(func() (string, error) {
	if named := os.Getenv("E2E_CHROMIUM"); named != "" {
		return exec.LookPath(named)
	}
	if found := findChromium(); found != "" {
		return found, nil
	}
	if _, err := exec.LookPath("apt-get"); err != nil || os.Geteuid() != 0 {
		return "", errNoBrowser
	}
	for _, arguments := range [][]string{{"update"}, {"install", "-y", "--no-install-recommends", "chromium"}} {
		cmd := exec.Command("apt-get", arguments...)
		cmd.Env = append(os.Environ(), "DEBIAN_FRONTEND=noninteractive")
		if out, err := cmd.CombinedOutput(); err != nil {
			return "", fmt.Errorf("%w (apt-get %s: %w\n%s)", errNoBrowser, arguments[0], err, out)
		}
	}
	if found := findChromium(); found != "" {
		return found, nil
	}
	return "", errNoBrowser
})

func findChromium() string {
	programs := []string{"chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"}
	if runtime.GOOS == "darwin" {
		programs = append(programs, "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome", "/Applications/Chromium.app/Contents/MacOS/Chromium")
	}
	for _, program := range programs {
		if found, err := exec.LookPath(program); err == nil {
			return found
		}
	}
	return ""
}

// browser starts one for the whole test.
func browser(t *testing.T) context.Context {
	t.Helper()
	program, err := chromium()
	if err != nil {
		t.Fatal(err)
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(program))
	if os.Geteuid() == 0 {
		options = append(options, chromedp.NoSandbox) // Chromium refuses to have one as root
	}
	allocator, stop := chromedp.NewExecAllocator(context.Background(), options...)
	t.Cleanup(stop)
	ctx, cancel := chromedp.NewContext(allocator)
	t.Cleanup(cancel)
	if err := chromedp.Do(ctx); err != nil {
		t.Fatalf("%s: %v", program, err)
	}
	return ctx
}

// tab is a page in a browser, and all that it complained about or asked the network for.
type tab struct {
	t          *testing.T
	ctx        context.Context
	mu         sync.Mutex
	complaints []string
	requests   []string
}

// openTab shows a file of that content in a window of that size.
func openTab(t *testing.T, browser context.Context, content []byte, width, height int64) *tab {
	t.Helper()
	file := filepath.Join(t.TempDir(), "page.html")
	if err := os.WriteFile(file, content, 0o644); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := chromedp.NewContext(browser)
	t.Cleanup(cancel)
	ctx, stop := context.WithTimeout(ctx, time.Minute)
	t.Cleanup(stop)
	p := &tab{t: t, ctx: ctx}
	if err := chromedp.Listen(ctx, p.hear); err != nil {
		t.Fatal(err)
	}
	_, err := chromedp.Call(ctx, network.Enable, network.EnableParams{})
	p.check(err)
	p.media("", "light", "reduce")
	address := url.URL{Scheme: "file", Path: filepath.ToSlash(file)}
	p.do(chromedp.EmulateViewport(width, height), chromedp.Navigate(address.String()))
	t.Cleanup(func() { p.requireQuiet(address.String()) })
	return p
}

func (p *tab) hear(event any) {
	p.mu.Lock()
	defer p.mu.Unlock()
	switch event := event.(type) {
	case *network.EventRequestWillBeSent:
		p.requests = append(p.requests, event.Request.URL)
	case *cdpruntime.EventExceptionThrown:
		p.complaints = append(p.complaints, fmt.Sprintf("%s %+v", event.ExceptionDetails.Text, event.ExceptionDetails.Exception))
	case *cdpruntime.EventConsoleAPICalled:
		p.complaints = append(p.complaints, fmt.Sprintf("console.%s", event.Type))
	case *log.EventEntryAdded:
		p.complaints = append(p.complaints, event.Entry.Text)
	}
}

// requireQuiet: nothing in the console, and nothing asked for but the page itself.
func (p *tab) requireQuiet(address string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, complaint := range p.complaints {
		p.t.Errorf("the page complains: %s", complaint)
	}
	loaded := false
	for _, request := range p.requests {
		loaded = loaded || request == address
		if request != address && !strings.HasPrefix(request, "data:") {
			p.t.Errorf("the page asks for %s", request)
		}
	}
	if !loaded {
		p.t.Errorf("nobody saw the page load: %v", p.requests)
	}
}

func (p *tab) check(err error) {
	p.t.Helper()
	if err != nil {
		p.t.Fatal(err)
	}
}

func (p *tab) do(steps ...chromedp.Action[chromedp.Void]) {
	p.t.Helper()
	p.check(chromedp.Do(p.ctx, steps...))
}

// press types keys (of package kb) into whatever has the focus.
func (p *tab) press(keys string) {
	p.t.Helper()
	p.do(chromedp.KeyEvent(keys))
}

// media sets what CSS asks about its surroundings; "" is none of a kind.
func (p *tab) media(kind, scheme, motion string) {
	p.t.Helper()
	_, err := chromedp.Call(p.ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Media: kind, Features: []*emulation.MediaFeature{
		{Name: "prefers-color-scheme", Value: scheme}, {Name: "prefers-reduced-motion", Value: motion},
	}})
	p.check(err)
}

// value evaluates JavaScript.
func value[T any](p *tab, expression string) T {
	p.t.Helper()
	v, err := chromedp.Run(p.ctx, chromedp.Evaluate[T](expression))
	if err != nil {
		p.t.Fatalf("%s: %v", expression, err)
	}
	return v
}

// eventually waits for JavaScript to be true: of what happens after a frame or an event.
func (p *tab) eventually(expression string) {
	p.t.Helper()
	if _, err := chromedp.Run(p.ctx, chromedp.Poll[bool](expression, chromedp.WithPollingTimeout(5*time.Second))); err != nil {
		p.t.Errorf("never true: %s: %v", expression, err)
	}
}

// screenshot keeps a picture of the whole page in the folder that E2E_SCREENSHOTS names,
// for somebody to look at.
func (p *tab) screenshot(name string) {
	p.t.Helper()
	dir := os.Getenv("E2E_SCREENSHOTS")
	if dir == "" {
		return
	}
	picture, err := chromedp.Run(p.ctx, chromedp.FullScreenshot(100))
	p.check(err)
	p.check(os.MkdirAll(dir, 0o755))
	p.check(os.WriteFile(filepath.Join(dir, name+".png"), picture, 0o644))
}
