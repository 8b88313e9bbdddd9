// Package jsonpatch edits one JSON file that belongs to somebody else.
//
// Set, Append and Delete take the bytes of the file and return new bytes in
// which exactly the asked-for member or element differs. Everything around it
// stays as its owner wrote it: byte order mark, line ends, indentation, blank
// lines, spaces before colons, the order of keys, the spelling of strings and
// numbers, a missing line end at the end of the file. What is put in looks like
// its neighbours: their indentation, their line ends, one line or many.
//
// A path is a list of literal object keys; no character in them is special. Keys
// are compared by what they mean, so "a/b" also names a member written "a\/b".
// Where the container is an array, the path element is a decimal index.
//
//	data, err = jsonpatch.Append(data, "pages/chat/chat", "pages")
//	data, err = jsonpatch.Set(data, true, "setting", "packNpmManually")
//	data, err = jsonpatch.Delete(data, "usingComponents", "@scope/button")
//
// # How
//
// gjson finds the offsets of members and sjson replaces scalars. Inserts,
// removals and whole objects are spliced here, because sjson ignores the layout
// of the file there. Every edit is then proven: the file before and the file
// after are decoded, the change is applied to the decoded tree of the first, and
// unless that is the tree of the second the edit is refused.
//
// # Limits
//
//   - The file must be what JSON.parse accepts, in UTF-8. Comments and trailing
//     commas are refused with their position; invalid UTF-8, which encoding/json
//     lets pass inside strings, is refused too. A byte order mark is fine.
//   - A key that appears twice in an object on the path is refused, since readers
//     disagree about which one counts. Elsewhere duplicates are left alone.
//   - Containers nest at most 10000 deep, as in encoding/json.
//   - Line ends are LF and CRLF. A lone CR is white space.
//   - New members go last. A new value is laid out afresh even when it comes as
//     a json.RawMessage with a layout of its own.
package jsonpatch
