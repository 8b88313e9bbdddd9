package npmtest

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"
	"time"
)

// npmPackage is one package with all its versions, lowest first.
type npmPackage struct {
	name     string
	versions []npmVersion
	distTags map[string]string
}

// clone is a copy that can be added to.
func (p *npmPackage) clone() *npmPackage {
	return &npmPackage{p.name, slices.Clone(p.versions), maps.Clone(p.distTags)}
}

// npmVersion is one version: its package.json and its tarball.
type npmVersion struct {
	version  string
	manifest map[string]any
	tarball  []byte
	files    int
	bytes    int // of the files, unpacked
}

// firstRelease dates the lowest version of every package; each higher one came a day later.
var firstRelease = time.Date(2024, time.January, 1, 0, 0, 0, 0, time.UTC)

// loadPackages reads every package below the root of packages.
func loadPackages(packages fs.FS) (map[string]*npmPackage, error) {
	names, err := packageNames(packages)
	if err != nil {
		return nil, err
	}
	loaded := map[string]*npmPackage{}
	for _, name := range names {
		if loaded[name], err = loadPackage(packages, name); err != nil {
			return nil, err
		}
	}
	return loaded, nil
}

// packageNames lists NAME and @SCOPE/NAME for the folders that have such a place.
func packageNames(packages fs.FS) ([]string, error) {
	top, err := folders(packages, ".")
	if err != nil {
		return nil, err
	}
	var names []string
	for _, name := range top {
		if !strings.HasPrefix(name, "@") {
			names = append(names, name)
			continue
		}
		scoped, err := folders(packages, name)
		if err != nil {
			return nil, err
		}
		for _, base := range scoped {
			names = append(names, name+"/"+base)
		}
	}
	return names, nil
}

// folders lists the names of the folders in dir.
func folders(packages fs.FS, dir string) ([]string, error) {
	entries, err := fs.ReadDir(packages, dir)
	if err != nil {
		return nil, fmt.Errorf("read fixture packages: %w", err)
	}
	var names []string
	for _, entry := range entries {
		if entry.IsDir() {
			names = append(names, entry.Name())
		}
	}
	return names, nil
}

func loadPackage(packages fs.FS, name string) (*npmPackage, error) {
	dirs, err := folders(packages, name)
	if err != nil {
		return nil, err
	}
	if len(dirs) == 0 {
		return nil, fmt.Errorf("fixture package %s has no versions", name)
	}
	p := &npmPackage{name: name}
	for _, version := range dirs {
		v, err := loadVersion(packages, name, version)
		if err != nil {
			return nil, fmt.Errorf("fixture package %s@%s: %w", name, version, err)
		}
		p.versions = append(p.versions, v)
	}
	slices.SortFunc(p.versions, func(a, b npmVersion) int { return compareVersions(a.version, b.version) })
	p.distTags, err = loadDistTags(packages, p)
	return p, err
}

func loadVersion(packages fs.FS, name, version string) (npmVersion, error) {
	v := npmVersion{version: version}
	dir, err := fs.Sub(packages, path.Join(name, version))
	if err != nil {
		return v, err
	}
	source, err := fs.ReadFile(dir, "package.json")
	if err != nil {
		return v, err
	}
	if err := json.Unmarshal(source, &v.manifest); err != nil {
		return v, fmt.Errorf("package.json: %w", err)
	}
	if v.manifest["name"] != name || v.manifest["version"] != version {
		return v, fmt.Errorf("package.json is of %v@%v", v.manifest["name"], v.manifest["version"])
	}
	err = v.pack(dir)
	return v, err
}

// loadDistTags reads NAME/dist-tags.json. A tag latest that is missing there is the highest version.
func loadDistTags(packages fs.FS, p *npmPackage) (map[string]string, error) {
	tags := map[string]string{}
	source, err := fs.ReadFile(packages, path.Join(p.name, "dist-tags.json"))
	switch {
	case errors.Is(err, fs.ErrNotExist):
	case err != nil:
		return nil, err
	default:
		if err := json.Unmarshal(source, &tags); err != nil {
			return nil, fmt.Errorf("fixture package %s: dist-tags.json: %w", p.name, err)
		}
	}
	if tags["latest"] == "" {
		tags["latest"] = p.versions[len(p.versions)-1].version
	}
	for tag, version := range tags {
		if !slices.ContainsFunc(p.versions, func(v npmVersion) bool { return v.version == version }) {
			return nil, fmt.Errorf("fixture package %s: dist-tag %s is %s, which has no folder", p.name, tag, version)
		}
	}
	return tags, nil
}

// packument is the document that npm asks for first: all versions of a package.
// It serves as the abbreviated form too, of which it is a superset.
func (p *npmPackage) packument(registry string) map[string]any {
	versions := map[string]any{}
	released := map[string]string{"created": firstRelease.Format(time.RFC3339)}
	for i, v := range p.versions {
		versions[v.version] = p.manifest(v, registry)
		date := firstRelease.AddDate(0, 0, i).Format(time.RFC3339)
		released[v.version], released["modified"] = date, date
	}
	return map[string]any{
		"_id":       p.name,
		"name":      p.name,
		"dist-tags": p.distTags,
		"versions":  versions,
		"time":      released,
		"modified":  released["modified"],
	}
}

// manifest is the version's package.json with what a registry adds to it.
func (p *npmPackage) manifest(v npmVersion, registry string) map[string]any {
	manifest := map[string]any{}
	for key, value := range v.manifest {
		manifest[key] = value
	}
	manifest["_id"] = p.name + "@" + v.version
	manifest["dist"] = map[string]any{
		"tarball":      registry + p.name + "/-/" + p.tarballName(v),
		"integrity":    v.integrity(),
		"shasum":       v.shasum(),
		"fileCount":    v.files,
		"unpackedSize": v.bytes,
	}
	return manifest
}

// tarballName leaves the scope out, as npm's own registry does.
func (p *npmPackage) tarballName(v npmVersion) string {
	return path.Base(p.name) + "-" + v.version + ".tgz"
}
