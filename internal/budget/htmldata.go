package budget

// pageData is what the page's script reads. It is a form of its own, so that the page
// and the JSON output can change without each other.
type pageData struct {
	Lang       string          `json:"lang"`
	Project    string          `json:"project"`
	Tool       string          `json:"tool"`
	Settings   pageSettings    `json:"settings"`
	Packages   []pagePackage   `json:"packages"`
	Total      int64           `json:"total"`
	Limit      int64           `json:"limit"`
	WeChat     int64           `json:"wechat"` // WeChat's own limit of a package
	Duplicates []pageDuplicate `json:"duplicates"`
}

type pageSettings struct {
	ES6          bool `json:"es6"`
	Minify       bool `json:"minify"`
	MinifyWXML   bool `json:"wxml"`
	MinifyWXSS   bool `json:"wxss"`
	PostCSS      bool `json:"postcss"`
	FilterUnused bool `json:"filter"`
}

type pagePackage struct {
	Root     string     `json:"root"`
	Name     string     `json:"name"`
	Kind     string     `json:"kind"`
	Bytes    int64      `json:"bytes"`
	Source   int64      `json:"source"`
	Added    int64      `json:"added"`
	Limit    int64      `json:"limit"`
	Budgeted bool       `json:"budgeted"`
	Files    []pageFile `json:"files"`
}

// pageFile is a row, not an object, as there are thousands: path, packed bytes, bytes
// on disk, 1 for unreached plus 2 for dropped.
type pageFile [4]any

type pageDuplicate struct {
	Bytes int64    `json:"bytes"`
	Paths []string `json:"paths"`
}

func newPageData(r *Report, o Page) pageData {
	data := pageData{
		Lang: string(o.Lang), Project: o.Project, Tool: o.Tool, Settings: pageSettings(r.Settings),
		Packages: []pagePackage{}, Duplicates: []pageDuplicate{},
		Total: r.Total, Limit: r.Limit, WeChat: Limit,
	}
	for _, w := range r.Packages {
		data.Packages = append(data.Packages, newPagePackage(w))
	}
	for _, d := range r.Duplicates {
		data.Duplicates = append(data.Duplicates, pageDuplicate(d))
	}
	return data
}

func newPagePackage(w Weight) pagePackage {
	p := pagePackage{
		Root: w.Root, Name: w.Name, Kind: w.Kind, Bytes: w.Bytes, Source: w.Source, Added: w.Added,
		Limit: w.Limit, Budgeted: w.Budgeted, Files: make([]pageFile, 0, len(w.Files)),
	}
	for _, f := range w.Files {
		flags := 0
		if f.Unreached {
			flags |= 1
		}
		if f.Dropped {
			flags |= 2
		}
		p.Files = append(p.Files, pageFile{f.Path, f.Bytes, f.Source, flags})
	}
	return p
}
