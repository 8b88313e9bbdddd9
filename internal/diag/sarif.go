package diag

import (
	"io"
	"net/url"
	"path"
	"path/filepath"

	"github.com/tuikit-cli/tuikit-cli/internal/msg"
)

const (
	sarifSchema = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
	// sourceRoot is the name that SARIF's consumers give to the checkout.
	sourceRoot = "%SRCROOT%"
	// fingerprintName ends in the version of what Fingerprints hashes.
	fingerprintName = "ruleFileMessage/v1"
	// projectFile stands for the project as a whole: GitHub refuses an upload with
	// a single result that names no file (locationFromSarifResult: expected at
	// least one location).
	projectFile = "project.config.json"
)

// SARIFTool is the program that made a report. All texts are English.
type SARIFTool struct {
	Name           string
	Version        string
	InformationURI string // absolute; empty: none
	Rules          []SARIFRule
}

// SARIFRule is what a SARIF viewer shows about a rule.
type SARIFRule struct {
	ID           string
	Title        string   // one sentence
	Help         string   // plain text; empty: the title
	HelpMarkdown string   // empty: Help
	HelpURI      string   // absolute; empty: none
	Severity     Severity // the usual one; empty: Error
}

type sarifLog struct {
	Schema  string     `json:"$schema"`
	Version string     `json:"version"`
	Runs    []sarifRun `json:"runs"`
}

type sarifRun struct {
	Tool struct {
		Driver sarifDriver `json:"driver"`
	} `json:"tool"`
	ColumnKind string        `json:"columnKind"`
	Results    []sarifResult `json:"results"`
}

type sarifDriver struct {
	Name           string      `json:"name"`
	Version        string      `json:"version,omitempty"`
	InformationURI string      `json:"informationUri,omitempty"`
	Rules          []sarifRule `json:"rules"`
}

type sarifRule struct {
	ID               string             `json:"id"`
	ShortDescription *sarifText         `json:"shortDescription,omitempty"`
	Help             *sarifText         `json:"help,omitempty"`
	HelpURI          string             `json:"helpUri,omitempty"`
	Configuration    sarifConfiguration `json:"defaultConfiguration"`
}

type sarifConfiguration struct {
	Level Severity `json:"level"`
}

type sarifText struct {
	Text     string `json:"text"`
	Markdown string `json:"markdown,omitempty"`
}

type sarifResult struct {
	RuleID           string            `json:"ruleId"`
	RuleIndex        int               `json:"ruleIndex"`
	Level            Severity          `json:"level"`
	Message          sarifText         `json:"message"`
	Locations        []sarifLocation   `json:"locations"`
	RelatedLocations []sarifLocation   `json:"relatedLocations,omitempty"`
	Fingerprints     map[string]string `json:"partialFingerprints"`
}

type sarifLocation struct {
	Physical sarifPhysical `json:"physicalLocation"`
	Message  *sarifText    `json:"message,omitempty"`
}

type sarifPhysical struct {
	Artifact sarifArtifact `json:"artifactLocation"`
	Region   *sarifRegion  `json:"region,omitempty"`
}

type sarifArtifact struct {
	URI    string `json:"uri"`
	BaseID string `json:"uriBaseId"`
}

type sarifRegion struct {
	StartLine   int `json:"startLine"`
	StartColumn int `json:"startColumn,omitempty"`
	EndColumn   int `json:"endColumn,omitempty"`
}

// WriteSARIF writes the report as a SARIF 2.1.0 log of one run (OASIS,
// docs.oasis-open.org/sarif/sarif/v2.1.0), in English. Files are relative to the
// working directory, which code hosts take for the root of the repository; where
// the report's root is elsewhere they are relative to that, so that the log never
// names a folder of this machine. A rule that tool does not list is added by its
// id. WriteSARIF returns the error of w.
func WriteSARIF(w io.Writer, r Report, tool SARIFTool) error {
	rules := newSARIFRules(tool.Rules)
	run := sarifRun{ColumnKind: "unicodeCodePoints", Results: make([]sarifResult, len(r.Diagnostics))}
	prints := Fingerprints(r.Diagnostics)
	base := sarifBase(r.Root)
	for i, d := range r.Diagnostics {
		run.Results[i] = sarifResult{
			RuleID:           d.Rule,
			RuleIndex:        rules.index(d),
			Level:            d.Severity,
			Message:          sarifText{Text: fullMessage(d, msg.English)},
			Locations:        []sarifLocation{newSARIFLocation(base, d.Place)},
			RelatedLocations: sarifRelated(base, d.Related),
			Fingerprints:     map[string]string{fingerprintName: prints[i]},
		}
	}
	run.Tool.Driver = sarifDriver{tool.Name, tool.Version, tool.InformationURI, rules.list}
	return encode(w, sarifLog{sarifSchema, "2.1.0", []sarifRun{run}})
}

// sarifRules are the rules in their order, and where each is.
type sarifRules struct {
	list []sarifRule
	at   map[string]int
}

func newSARIFRules(rules []SARIFRule) *sarifRules {
	all := &sarifRules{list: []sarifRule{}, at: map[string]int{}}
	for _, rule := range rules {
		all.add(rule)
	}
	return all
}

func (s *sarifRules) add(rule SARIFRule) int {
	out := sarifRule{ID: rule.ID, HelpURI: rule.HelpURI, Configuration: sarifConfiguration{rule.Severity}}
	if rule.Severity == "" {
		out.Configuration.Level = Error
	}
	help := rule.Help
	if help == "" {
		help = rule.Title
	}
	if rule.Title != "" {
		out.ShortDescription = &sarifText{Text: rule.Title}
	}
	if help != "" {
		markdown := rule.HelpMarkdown
		if markdown == "" {
			markdown = help
		}
		out.Help = &sarifText{help, markdown}
	}
	s.at[rule.ID] = len(s.list)
	s.list = append(s.list, out)
	return s.at[rule.ID]
}

func (s *sarifRules) index(d Diagnostic) int {
	if i, known := s.at[d.Rule]; known {
		return i
	}
	return s.add(SARIFRule{ID: d.Rule, Severity: d.Severity})
}

// sarifBase is what goes before the files of a report with this root.
func sarifBase(root string) string {
	if !filepath.IsLocal(root) {
		return ""
	}
	return filepath.ToSlash(root)
}

func newSARIFLocation(base string, at Place) sarifLocation {
	if at.File == "" {
		at = Place{File: projectFile}
	}
	file := url.URL{Path: path.Join(base, at.File)}
	physical := sarifPhysical{Artifact: sarifArtifact{file.String(), sourceRoot}}
	if at.Line > 0 {
		physical.Region = newSARIFRegion(at)
	}
	return sarifLocation{Physical: physical}
}

func newSARIFRegion(at Place) *sarifRegion {
	region := &sarifRegion{StartLine: at.Line}
	if at.Column > 0 {
		region.StartColumn = at.Column
		region.EndColumn = max(at.EndColumn, 0)
	}
	if region.EndColumn < region.StartColumn {
		region.EndColumn = 0
	}
	return region
}

func sarifRelated(base string, all []Related) []sarifLocation {
	var locations []sarifLocation
	for _, r := range all {
		location := newSARIFLocation(base, r.Place)
		if !r.Message.IsZero() {
			location.Message = &sarifText{Text: english(r.Message)}
		}
		locations = append(locations, location)
	}
	return locations
}
