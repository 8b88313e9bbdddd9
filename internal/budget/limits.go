package budget

import (
	"fmt"
	"maps"
	"math"
	"path"
	"strconv"
	"strings"

	"github.com/tuikit-cli/tuikit-cli/internal/project"
)

// Names of budgets that no package has: of the main package, and of all packages
// together. A subpackage of the same name is named with a slash, "main/".
const (
	MainName  = "main"
	TotalName = "total"
)

// Budgets are the limits that a project sets for itself, in bytes, by the root of a
// package, its name in app.json, MainName or TotalName.
type Budgets map[string]int64

// Limits are what a mini program is measured by besides WeChat's limit of a package.
type Limits struct {
	Budgets Budgets
	Total   int64 // WeChat's for all packages, where it is another one than TotalLimit; 0: that
}

// Apply sets the limits of the report and returns the names that no package has,
// sorted. The lower limit counts: a budget above WeChat's changes nothing.
func (r *Report) Apply(l Limits) (unknown []string) {
	if l.Total > 0 {
		r.Limit = l.Total
	}
	for _, name := range sortedKeys(l.Budgets) {
		limit := l.Budgets[name]
		if name == TotalName {
			r.Limit = min(r.Limit, limit)
			continue
		}
		pkg := r.named(name)
		if pkg == nil {
			unknown = append(unknown, name)
		} else if limit < pkg.Limit {
			pkg.Limit, pkg.Budgeted = limit, true
		}
	}
	return unknown
}

// Add puts other limits in, which count for more than those of the same name.
func (l *Limits) Add(other Limits) {
	maps.Copy(l.Budgets, other.Budgets)
	if other.Total > 0 {
		l.Total = other.Total
	}
}

// named finds a package by the name of a budget.
func (r *Report) named(name string) *Weight {
	if name == MainName {
		return r.Find("")
	}
	if pkg := r.Find(strings.Trim(name, "/")); pkg != nil && pkg.Root != "" {
		return pkg
	}
	for i := range r.Packages {
		if r.Packages[i].Name == name && name != "" {
			return &r.Packages[i]
		}
	}
	return nil
}

// SizeError: Text is no number of bytes.
type SizeError struct{ Text string }

func (e *SizeError) Error() string {
	return fmt.Sprintf("%q is no size such as 900KB or 1.5MB", e.Text)
}

// units of bytes. WeChat counts 1024 bytes to a KB and 1024 KB to a MB: its 2 MB are
// 2048 KB (error 80200 of an upload says so).
var units = []struct {
	name  string
	bytes float64
}{{"KIB", 1 << 10}, {"MIB", 1 << 20}, {"KB", 1 << 10}, {"MB", 1 << 20}, {"K", 1 << 10}, {"M", 1 << 20}, {"B", 1}, {"", 1}}

// ParseSize reads a number of bytes with or without a unit: "900KB", "1.5 MB",
// "1.5MiB", "2097152". The error is a *SizeError.
func ParseSize(text string) (int64, error) {
	number := strings.ToUpper(strings.TrimSpace(text))
	for _, unit := range units {
		digits, ok := strings.CutSuffix(number, unit.name)
		if !ok {
			continue
		}
		digits = strings.TrimSpace(digits)
		value, err := strconv.ParseFloat(digits, 64)
		if bytes := value * unit.bytes; err == nil && strings.Trim(digits, "0123456789.") == "" && bytes >= 1 && bytes < 1<<40 {
			return int64(math.Round(bytes)), nil
		}
		break
	}
	return 0, &SizeError{text}
}

// OwnLimits are those that the project has written down: under "tuikit-cli", "size"
// in its package.json, else in tuikit-lock.json.
//
//	{"tuikit-cli": {"size": {"budgets": {"main": "1.5MB"}, "totalLimit": "20MB"}}}
//
// The error is a *project.FileError, with a *SizeError for the first value that is none;
// the limits are those that stand before it.
func OwnLimits(in *project.Inspection) (Limits, error) {
	l := Limits{Budgets: Budgets{}}
	if lock := in.Project.Lock; lock != nil {
		for _, name := range sortedKeys(lock.Budgets) {
			if err := l.set(name, lock.Budgets[name]); err != nil {
				return l, &project.FileError{Path: project.LockFile, Err: err}
			}
		}
	}
	manifest := project.ReadDocument(in.FS, path.Join(in.Project.Npm.Dir, project.PackageFile))
	own, _ := manifest.At("tuikit-cli", "size", "budgets").(map[string]any)
	for _, name := range sortedKeys(own) {
		if err := l.set(name, own[name]); err != nil {
			return l, &project.FileError{Path: manifest.Path, Err: err}
		}
	}
	if total := manifest.At("tuikit-cli", "size", "totalLimit"); total != nil {
		bytes, err := sizeOf(total)
		if err != nil {
			return l, &project.FileError{Path: manifest.Path, Err: err}
		}
		l.Total = bytes
	}
	return l, nil
}

func (l *Limits) set(name string, value any) error {
	bytes, err := sizeOf(value)
	if err == nil {
		l.Budgets[name] = bytes
	}
	return err
}

// sizeOf is a size as JSON has it: a number of bytes, or text with a unit.
func sizeOf(value any) (int64, error) {
	if text, ok := value.(string); ok {
		return ParseSize(text)
	}
	if bytes, ok := value.(float64); ok && bytes >= 1 {
		return int64(bytes), nil
	}
	return 0, &SizeError{fmt.Sprint(value)}
}
