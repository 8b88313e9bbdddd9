package bundle

import (
	"bytes"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
)

// assetTypes are the files that are not code and that WeChat packs.
var assetTypes = []string{".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp", ".mp3", ".m4a", ".aac", ".wav", ".ogg", ".silk", ".mp4"}

// assets adds the images and sounds that code which is copied may name in a way that
// nothing follows: in a script, or put together at run time. A file is taken when its
// name stands in any of that code, and when the name of its folder does with more to
// come.
func (p *npmPackage) assets() {
	if p.code == nil || len(p.copied) == 0 {
		return
	}
	var candidates []string
	for _, name := range p.code.In.Files.Names() {
		name = strings.TrimPrefix(name, path.Join(Dir, p.name)+"/")
		if slices.Contains(assetTypes, path.Ext(name)) && !p.copied[name] {
			candidates = append(candidates, name)
		}
	}
	if len(candidates) == 0 {
		return
	}
	text := p.text()
	for _, name := range candidates {
		if bytes.Contains(text, []byte(path.Base(name))) || folderNamed(text, path.Base(path.Dir(name))) {
			p.copied[name], p.loose[name] = true, true
		}
	}
}

// text is all the code that is copied.
func (p *npmPackage) text() []byte {
	var all []byte
	for name := range p.copied {
		if data, err := os.ReadFile(filepath.Join(p.mini, filepath.FromSlash(name))); err == nil && !slices.Contains(assetTypes, path.Ext(name)) {
			all = append(append(all, data...), '\n')
		}
	}
	return all
}

// folderNamed reports whether the text has the folder at the end of a string, or before
// what is put in at run time.
func folderNamed(text []byte, folder string) bool {
	for _, end := range []string{"'", `"`, "`", "${", "{{"} {
		if bytes.Contains(text, []byte("/"+folder+"/"+end)) {
			return true
		}
	}
	return false
}
