package graph

import (
	"path"
	"regexp"
	"strings"
	"sync"
)

// sourceImport finds what a .less, .scss or .sass file takes in: @import of both,
// @use and @forward of Sass. Several names may follow one @import in Sass.
var sourceImport = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(?m)^[ \t]*@(import|use|forward)[ \t]+(?:\([^)\n]*\)[ \t]*)?((?:"[^"\n]*"|'[^'\n]*')(?:[ \t]*,[ \t]*(?:"[^"\n]*"|'[^'\n]*'))*)`)
})

var quoted = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`"[^"\n]*"|'[^'\n]*'`) })

// sourceRefs lists the @imports of a style that is compiled first. What stands in a
// comment does not count; only comments at the beginning of a line are looked for.
func sourceRefs(data []byte) []Ref {
	var refs []Ref
	text := blankComments(string(data))
	for _, at := range sourceImport().FindAllStringSubmatchIndex(text, -1) {
		for _, name := range quoted().FindAllStringIndex(text[at[4]:at[5]], -1) {
			start := at[4] + name[0]
			spec := text[start+1 : at[4]+name[1]-1]
			if spec == "" || remote(spec) || strings.ContainsAny(spec, "{$@~#") || strings.HasPrefix(spec, "sass:") {
				continue
			}
			refs = append(refs, Ref{Use: StyleImport, Spec: spec, Offset: start, Length: len(spec) + 2})
		}
	}
	return refs
}

// blankComments puts spaces in the place of comments.
func blankComments(text string) string {
	out := []byte(text)
	for i := 0; i+1 < len(out); i++ {
		end := 0
		switch {
		case out[i] == '/' && out[i+1] == '*':
			if end = strings.Index(text[i+2:], "*/"); end < 0 {
				return string(out)
			}
			end += i + 4
		case out[i] == '/' && out[i+1] == '/' && (i == 0 || strings.IndexByte(" \t\n;{}", out[i-1]) >= 0):
			if end = strings.IndexByte(text[i:], '\n'); end < 0 {
				end = len(text) - i
			}
			end += i
		default:
			continue
		}
		for ; i < end; i++ {
			if out[i] != '\n' {
				out[i] = ' '
			}
		}
		i--
	}
	return string(out)
}

// sourceFile finds the style that a .less, .scss or .sass file takes in, as their
// compilers do: relative to the file, with an ending of their own or of a style,
// in Sass also with "_" in front and as the index of a folder.
func (g *Graph) sourceFile(spec, from string) (target string, tried []string) {
	base, ok := normalize(dirname(from) + "/" + spec)
	if strings.HasPrefix(spec, "/") {
		base, ok = normalize(spec)
	}
	if !ok || base == "" {
		return "", nil
	}
	ext := path.Ext(from)
	names := []string{base, base + ext}
	if ext == ".less" {
		names = append(names, base+".css", base+".wxss")
	} else {
		dir, name := path.Split(base)
		names = append(names, base+".scss", base+".sass", base+".css", base+".wxss", dir+"_"+name, dir+"_"+name+".scss", dir+"_"+name+".sass",
			base+"/_index.scss", base+"/index.scss", base+"/_index.sass", base+"/index.sass")
	}
	for _, name := range names {
		if g.In.Files.Has(name) {
			return name, nil
		}
	}
	return "", names[1:2]
}
