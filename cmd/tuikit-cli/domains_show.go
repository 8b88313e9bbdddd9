package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/tuikit-cli/tuikit-cli/internal/domains"
)

// domainsJSON is what domains --format json prints. It is the same in every language.
type domainsJSON struct {
	Version    int               `json:"version"`
	Root       string            `json:"root,omitempty"` // of the project, as it was named
	Generation string            `json:"generation"`
	SDKAppIDs  []uint64          `json:"sdkAppIDs"` // none: unknown, and {SDKAppID} stands for it
	Domains    []domainJSON      `json:"domains"`
	Notes      []string          `json:"notes"`
	Check      *domainsCheckJSON `json:"check,omitempty"`
}

type domainJSON struct {
	Kind     domains.Kind     `json:"kind"`
	URL      string           `json:"url"`
	Required bool             `json:"required"`
	Why      string           `json:"why"`
	Sources  []domains.Source `json:"sources"`
}

type domainsCheckJSON struct {
	OK      bool         `json:"ok"`
	Scripts int          `json:"scripts"`
	Unknown []hostJSON   `json:"unknown"`
	Known   []hostJSON   `json:"known"`
	Unused  []domainJSON `json:"unused"` // of domains; no string in the code names them
}

type hostJSON struct {
	Host   string         `json:"host"`
	File   string         `json:"file"`
	Line   int            `json:"line"`
	Column int            `json:"column"`
	Reason domains.Reason `json:"reason,omitempty"`
}

func (d *domainList) result() domainsJSON {
	out := domainsJSON{Version: 1, Root: d.shown, Generation: string(d.generation), SDKAppIDs: append([]uint64{}, d.ids...), Domains: domainsOf(d.table), Notes: []string{}}
	for _, note := range d.notes {
		out.Notes = append(out.Notes, note.String())
	}
	if !d.check {
		return out
	}
	check := &domainsCheckJSON{Scripts: domains.Scripts(d.graph), Unknown: []hostJSON{}, Known: []hostJSON{}, Unused: domainsOf(d.comparison.Unused)}
	for _, j := range d.comparison.Hosts {
		h := hostJSON{j.Host.String(), j.File, j.Line, j.Column, j.Reason}
		if j.Reason == "" {
			check.Unknown = append(check.Unknown, h)
		} else {
			check.Known = append(check.Known, h)
		}
	}
	check.OK = len(check.Unknown) == 0
	out.Check = check
	return out
}

func domainsOf(table []domains.Domain) []domainJSON {
	list := []domainJSON{}
	for _, d := range table {
		list = append(list, domainJSON{d.Kind, d.URL, d.Required, d.Why.String(), d.Sources})
	}
	return list
}

// tabulate is the table for people.
func (d *domainList) tabulate() {
	d.tell(d.text("domains.title", "Generation", string(d.generation), "IDs", d.idText()))
	var urls []string
	for _, domain := range d.table {
		urls = append(urls, domain.URL)
	}
	width := widest(urls)
	for _, kind := range domains.Kinds() {
		d.tell("", d.paint("1", d.text("domains.field", "Kind", string(kind))))
		for _, domain := range d.table {
			if domain.Kind == kind {
				d.tell(d.row(domain, width))
			}
		}
	}
	d.tell("", d.text("domains.legend"), d.text("domains.where", "Max", domains.MaxPerKind, "Changes", domains.MaxChanges))
	for _, note := range d.notes {
		d.tell(d.text("note.title") + note.In(d.lang))
	}
	d.told()
}

func (d *domainList) row(domain domains.Domain, width int) string {
	mark := " "
	if domain.Required {
		mark = "*"
	}
	return fmt.Sprintf("  %s %s  %s  %s", mark, padded(domain.URL, width), domain.Why.In(d.lang), d.paint("2", "["+d.sources(domain)+"]"))
}

func (d *domainList) sources(domain domains.Domain) string {
	var names []string
	for _, source := range domain.Sources {
		names = append(names, source.Text().In(d.lang))
	}
	return strings.Join(names, d.text("list.comma"))
}

func (d *domainList) idText() string {
	if len(d.ids) == 0 {
		return domains.Placeholder
	}
	return strings.Trim(fmt.Sprint(d.ids), "[]")
}

// told is what --check has found, for people.
func (d *domainList) told() {
	if !d.check {
		return
	}
	c := d.comparison
	unknown := c.Unknown()
	d.tell("")
	for _, j := range unknown {
		d.tell(d.paint("31", d.text("domains.unknown", "Host", j.Host.String(), "Place", fmt.Sprintf("%s:%d:%d", j.File, j.Line, j.Column))))
	}
	if len(unknown) > 0 {
		d.tell(d.text("domains.unknown.next"))
	} else {
		d.tell(d.paint("32", d.text("domains.ok", "Hosts", len(c.Hosts), "Scripts", domains.Scripts(d.graph))))
	}
	d.known()
	if hosts := hostsOf(c.Unused); len(hosts) > 0 {
		d.tell(d.text("domains.unused", "Hosts", hosts))
	}
}

// hostsOf are the hosts of domains, each once.
func hostsOf(table []domains.Domain) []string {
	var hosts []string
	for _, domain := range table {
		if host := domain.Host(); !slices.Contains(hosts, host) {
			hosts = append(hosts, host)
		}
	}
	return hosts
}

// known lists, with --verbose, what needs no domain, and why.
func (d *domainList) known() {
	if !d.verbose {
		return
	}
	for _, j := range d.comparison.Hosts {
		if j.Reason != "" {
			d.tell(fmt.Sprintf("  %s:%d:%d  %s  %s", j.File, j.Line, j.Column, j.Host, d.paint("2", j.Reason.Text().In(d.lang))))
		}
	}
}
