package check

import (
	"bytes"
	"regexp"
	"slices"
	"strings"

	"github.com/bmatcuk/doublestar/v4"

	"github.com/tuikit-cli/tuikit-cli/internal/diag"
	"github.com/tuikit-cli/tuikit-cli/internal/msg"
	"github.com/tuikit-cli/tuikit-cli/internal/project"
)

// suppression is the rule for what switches other rules off: a comment without a
// reason, a setting that names no rule.
var suppression = &Rule{ID: "suppression", Severity: diag.Warning, Run: func(*Pass) {}}

// comment switches rules off for the next line, for its own, or for the whole file:
//
//	// tuikit-cli-disable-next-line image-missing -- comes from the build
var comment = regexp.MustCompile(`tuikit-cli-disable(-next-line|-line)?[ \t]+([a-z0-9-]+(?:[ \t]*,[ \t]*[a-z0-9-]+)*)(?:[ \t]+--[ \t]+(\S[^\n]*))?`)

// suppress takes out what the project has switched off: by "tuikit-cli" in its
// package.json, and by comments.
func (m *Mini) suppress(found []*Finding) []*Finding {
	type line struct {
		file   string
		number int // 0: all of the file
	}
	comments, known := map[line][]disabled{}, map[string]bool{}
	var kept, complaints []*Finding
	for _, f := range found {
		if !known[f.File] {
			list := m.disabledIn(f.File)
			complaints = append(complaints, m.idle(f.File, list)...)
			for _, d := range list {
				comments[line{f.File, d.line}] = append(comments[line{f.File, d.line}], d)
			}
			known[f.File] = true
		}
		covers := func(d disabled) bool { return d.reason != "" && slices.Contains(d.rules, f.Rule) }
		if !slices.ContainsFunc(comments[line{f.File, 0}], covers) && !slices.ContainsFunc(comments[line{f.File, f.Line}], covers) {
			kept = append(kept, f)
		}
	}
	return m.configured(append(kept, complaints...))
}

// disabled is one comment.
type disabled struct {
	rules  []string
	line   int // that it is about; 0: the file
	offset int
	reason string
}

func (m *Mini) disabledIn(file string) []disabled {
	source := m.open(file)
	data := source.data
	if !bytes.Contains(data, []byte("tuikit-cli-disable")) {
		return nil
	}
	var list []disabled
	for _, at := range comment.FindAllSubmatchIndex(data, -1) {
		d := disabled{offset: at[0]}
		d.line, _ = source.position(at[0])
		switch group(data, at, 1) {
		case "-next-line":
			d.line++
		case "":
			d.line = 0
		}
		for name := range strings.SplitSeq(group(data, at, 2), ",") {
			d.rules = append(d.rules, strings.TrimSpace(name))
		}
		d.reason = strings.TrimSpace(strings.TrimRight(group(data, at, 3), "*/->\r "))
		list = append(list, d)
	}
	return list
}

func group(data []byte, at []int, i int) string {
	if at[2*i] < 0 {
		return ""
	}
	return string(data[at[2*i]:at[2*i+1]])
}

// idle are the complaints about comments that switch nothing off.
func (m *Mini) idle(file string, list []disabled) []*Finding {
	var found []*Finding
	for _, d := range list {
		complain := func(message msg.Text) *Finding {
			f := &Finding{Diagnostic: diag.Diagnostic{Rule: suppression.ID, Severity: suppression.Severity, Message: message}}
			f.Place = m.span(file, d.offset, len("tuikit-cli-disable"))
			found = append(found, f)
			return f
		}
		if d.reason == "" {
			complain(msg.T("check.suppression.reason")).Hint = msg.T("check.suppression.reason.hint")
		}
		for _, id := range d.rules {
			if Find(id) == nil {
				unknownRule(complain(msg.T("check.suppression.rule", "Rule", id)), id)
			}
		}
	}
	return found
}

// unknownRule tells what may have been meant.
func unknownRule(f *Finding, id string) *Finding {
	if near := Nearest(id); near != "" {
		f.Expected = msg.T("check.literal", "Value", near)
	} else {
		f.Hint = msg.T("check.suppression.rule.hint")
	}
	return f
}

// configured applies the "check" section of package.json.
func (m *Mini) configured(found []*Finding) []*Finding {
	manifest := m.manifest
	severities := manifest.Texts("tuikit-cli", "check", "rules")
	for _, id := range sortedKeys(severities) {
		if complaint := m.misconfigured(manifest, id, severities[id]); complaint != nil {
			found = append(found, complaint)
		}
	}
	ignored := manifest.List("tuikit-cli", "check", "ignore")
	return slices.DeleteFunc(found, func(f *Finding) bool {
		switch severity := severities[f.Rule]; severity {
		case "off":
			return true
		case string(diag.Error), string(diag.Warning):
			f.Severity = diag.Severity(severity)
		}
		return slices.ContainsFunc(ignored, func(pattern any) bool {
			text, _ := pattern.(string)
			ok, err := doublestar.Match(text, f.File)
			return ok && err == nil
		})
	})
}

func (m *Mini) misconfigured(manifest *project.Document, id, severity string) *Finding {
	f := &Finding{Diagnostic: diag.Diagnostic{Rule: suppression.ID, Severity: suppression.Severity}}
	switch {
	case Find(id) == nil:
		f.Place = m.key(manifest, "tuikit-cli", "check", "rules", id)
		f.Message = msg.T("check.suppression.rule", "Rule", id)
		return unknownRule(f, id)
	case severity != "off" && severity != string(diag.Error) && severity != string(diag.Warning):
		f.Place = m.value(manifest, "tuikit-cli", "check", "rules", id)
		f.Message = msg.T("check.suppression.severity", "Value", severity)
		f.Expected = msg.T("check.literal", "Value", "off, warning, error")
		return f
	}
	return nil
}
