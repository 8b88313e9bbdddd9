package budget

import (
	"html"

	"github.com/tuikit-cli/tuikit-cli/internal/msg"
)

// Page says how the picture of a Report is labelled.
type Page struct {
	Lang    msg.Lang
	Project string // what was weighed, as the user named it
	Tool    string // name and version of this program
}

// HTML draws the report as one self-contained page.
func HTML(r *Report, o Page) ([]byte, error) {
	return []byte("<!DOCTYPE html>\n<title>" + html.EscapeString(o.Project) + "</title>\n"), nil
}
