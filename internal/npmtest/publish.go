package npmtest

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
)

// publication is what `npm publish` sends: one version, its tarball, and the tags
// that it gets.
type publication struct {
	Name        string
	DistTags    map[string]string `json:"dist-tags"`
	Versions    map[string]map[string]any
	Attachments map[string]struct{ Data []byte } `json:"_attachments"`
}

// publish takes in what `npm publish` sends. As at npm's own registry, a version is
// published once.
func (r *Registry) publish(w http.ResponseWriter, req *http.Request) {
	var sent publication
	if err := json.NewDecoder(req.Body).Decode(&sent); err != nil {
		reply(w, http.StatusBadRequest, map[string]string{"error": err.Error()})
		return
	}
	if err := r.add(sent); err != nil {
		reply(w, http.StatusForbidden, map[string]string{"error": err.Error()})
		return
	}
	reply(w, http.StatusCreated, map[string]bool{"ok": true})
}

func (r *Registry) add(sent publication) error {
	if len(sent.Versions) != 1 || len(sent.Attachments) != 1 {
		return fmt.Errorf("%d versions and %d tarballs, want one of each", len(sent.Versions), len(sent.Attachments))
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	p := &npmPackage{name: sent.Name, distTags: map[string]string{}}
	if old := r.packages[sent.Name]; old != nil {
		*p = *old.clone() // somebody may be reading the old one
	}
	for version, manifest := range sent.Versions {
		if slices.ContainsFunc(p.versions, func(v npmVersion) bool { return v.version == version }) {
			return fmt.Errorf("%s@%s is published already", sent.Name, version)
		}
		v := npmVersion{version: version, manifest: manifest}
		for _, attachment := range sent.Attachments {
			v.tarball = attachment.Data
		}
		p.versions = append(p.versions, v)
	}
	slices.SortFunc(p.versions, func(a, b npmVersion) int { return compareVersions(a.version, b.version) })
	for tag, version := range sent.DistTags {
		p.distTags[tag] = version
	}
	r.packages[sent.Name] = p
	return nil
}
