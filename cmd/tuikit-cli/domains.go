package main

import (
	"context"
	"os"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/tuikit-cli/tuikit-cli/internal/domains"
	"github.com/tuikit-cli/tuikit-cli/internal/graph"
	"github.com/tuikit-cli/tuikit-cli/internal/msg"
	"github.com/tuikit-cli/tuikit-cli/internal/project"
	"github.com/tuikit-cli/tuikit-cli/internal/uikit"
)

// domainsFlags are the flags of domains.
type domainsFlags struct {
	project  string
	format   string
	sdkAppID uint64
	uikit    string
	check    bool
}

var domainsFormats = []string{"text", "json", "console"}

func newDomains(u *ui) *cobra.Command {
	f := &domainsFlags{}
	command := &cobra.Command{
		Use:     "domains [DIR]",
		Short:   "help.domains",
		Long:    "help.domains.long",
		Example: domainsExample,
		Args:    atMostOne,
		RunE: func(command *cobra.Command, args []string) error {
			return runDomains(command.Context(), u, f, args)
		},
	}
	flags := command.Flags()
	flags.StringVarP(&f.project, "project", "C", "", "flag.project")
	flags.StringVar(&f.format, "format", "text", "flag.domains-format")
	complete(command, "format", domainsFormats...)
	flags.Uint64Var(&f.sdkAppID, "sdkappid", 0, "flag.sdkappid")
	flags.StringVar(&f.uikit, "uikit", "", "flag.domains-uikit")
	propose(command, "uikit", string(uikit.Bundled), string(uikit.TIM), string(uikit.Chat))
	flags.BoolVar(&f.check, "check", false, "flag.domains-check")
	return command
}

const domainsExample = `  tuikit-cli domains
  tuikit-cli domains my-app --check
  tuikit-cli domains --uikit 2.4.5 --sdkappid 1400000000 --format console`

// domainList is one run of domains.
type domainList struct {
	*ui
	domainsFlags
	shown      string       // the project as the user named it; "" for none
	graph      *graph.Graph // of the project; nil for none
	generation uikit.Generation
	ids        []uint64 // SDKAppIDs; none: unknown
	urls       []string // where UserSigs are asked for
	table      []domains.Domain
	comparison domains.Comparison
	notes      []msg.Text
}

func runDomains(ctx context.Context, u *ui, f *domainsFlags, args []string) error {
	d := &domainList{ui: u, domainsFlags: *f}
	if err := d.start(ctx, args); err != nil {
		return err
	}
	d.list()
	if err := d.compare(); err != nil {
		return err
	}
	if err := d.write(); err != nil {
		return err
	}
	if d.check && len(d.comparison.Unknown()) > 0 {
		return errFound
	}
	return nil
}

// start reads the flags, the arguments and the project, if there is one.
func (d *domainList) start(ctx context.Context, args []string) error {
	if d.uikit != "" {
		if d.generation = uikit.GenerationOf(d.uikit); d.generation == "" {
			return misused("usage.domains-uikit", "Value", d.uikit)
		}
	}
	dir, err := d.dir(args)
	if err != nil {
		return err
	}
	if dir != "" {
		if err := interruptible(ctx, func() error { return d.read(dir) }); err != nil {
			return err
		}
	}
	switch {
	case d.generation == "" && dir == "":
		return d.nowhere()
	case d.generation == "":
		return misused("usage.domains-no-sdk", "Dir", d.shown)
	case d.check && dir == "":
		return misused("usage.domains-check")
	}
	if d.sdkAppID != 0 {
		d.ids = []uint64{d.sdkAppID}
	}
	return nil
}

// nowhere: there is neither a project here nor a generation to go by.
func (d *domainList) nowhere() error {
	here, err := folder(d.project, nil)
	if err != nil {
		return err
	}
	return within(here, misused("usage.domains-where"))
}

// dir is the project root, "" for none: without one there may be a generation to go by.
func (d *domainList) dir(args []string) (string, error) {
	here, err := folder(d.project, args)
	if err != nil {
		return "", err
	}
	here = projectRoot(here)
	if d.project == "" && len(args) == 0 {
		if found := len(project.Search(os.DirFS(here))); found == 0 || found > 1 && d.generation != "" {
			return "", nil
		}
	}
	if here, err = miniProgram(here, "tuikit-cli domains"); err != nil {
		return "", err
	}
	d.shown = shownHere(here)
	return here, nil
}

// read takes from the project what the flags do not say.
func (d *domainList) read(dir string) (err error) {
	if d.graph, err = look(os.DirFS(dir)); err != nil {
		return err
	}
	if lock := d.graph.In.Project.Lock; d.generation == "" && lock.HasUIKit() {
		d.generation = uikit.GenerationOf(lock.UIKit.Generation)
	}
	if d.generation == "" {
		d.generation = domains.GenerationOf(d.graph)
	}
	settings, err := domains.SettingsOf(d.graph)
	if err != nil {
		return err
	}
	for _, s := range settings {
		d.take(s)
	}
	return nil
}

// take takes what one tuikit-config.js says.
func (d *domainList) take(s domains.Settings) {
	if s.SDKAppID != 0 && !slices.Contains(d.ids, s.SDKAppID) {
		d.ids = append(d.ids, s.SDKAppID)
	}
	if s.URL == "" || slices.Contains(d.urls, s.URL) {
		return
	}
	d.urls = append(d.urls, s.URL)
	if _, ok := domains.Registrable(s.URL); !ok {
		d.notes = append(d.notes, msg.T("domains.note.url", "URL", s.URL, "File", d.graph.In.Project.Path(s.File)))
	}
}

// list makes the table.
func (d *domainList) list() {
	ids := d.ids
	if len(ids) == 0 {
		ids = []uint64{0}
		d.notes = append(d.notes, msg.T("domains.note.id"))
	}
	var tables [][]domains.Domain
	for _, id := range ids {
		tables = append(tables, domains.Table(domains.Query{Generation: d.generation, SDKAppID: id}))
		if site := domains.SiteOf(id, d.generation); !site.FilesDocumented() {
			d.notes = append(d.notes, msg.T("domains.note.files", "Site", site.Name))
		}
	}
	for _, address := range d.urls {
		tables = append(tables, domains.Table(domains.Query{Generation: d.generation, SDKAppID: ids[0], UserSigURL: address}))
	}
	d.table = domains.Merge(tables...)
}

// compare looks at the project's code.
func (d *domainList) compare() error {
	if !d.check {
		return nil
	}
	hosts, err := domains.Find(d.graph)
	if err != nil {
		return err
	}
	d.comparison = domains.Compare(d.table, d.generation, hosts)
	for i := range d.comparison.Hosts {
		h := &d.comparison.Hosts[i]
		h.File = d.graph.In.Project.Path(h.File)
	}
	return nil
}

func (d *domainList) write() error {
	switch d.format {
	case "json":
		return d.printJSON(d.result())
	case "console":
		d.console()
	default:
		d.tabulate()
	}
	return nil
}

// console is what goes into the fields of WeChat's console, which take several
// domains with a semicolon between them.
func (d *domainList) console() {
	open := 0
	for _, kind := range domains.Kinds() {
		var urls []string
		for _, domain := range d.table {
			if domain.Kind != kind {
				continue
			}
			if domain.Open() {
				open++
				continue
			}
			urls = append(urls, domain.URL)
		}
		d.tell(d.text("domains.console.field", "Kind", string(kind)), strings.Join(urls, ";"), "")
	}
	d.tell(d.text("domains.console.where"))
	if open > 0 {
		d.warn(d.text("warning.title") + d.text("domains.console.open", "Count", open))
	}
	for _, note := range d.notes {
		d.warn(d.text("note.title") + note.In(d.lang))
	}
	d.told()
}
