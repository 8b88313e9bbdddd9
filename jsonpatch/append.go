package jsonpatch

// Append adds value as the last element of the array at path. An array that is
// missing is created, together with the objects that are missing above it.
//
// The value is marshalled as Set does it. The errors are those of Set, and a
// *PathError if what stands at path is not an array.
func Append(data []byte, value any, path ...string) ([]byte, error) {
	d, p, raw, err := prepare(data, value, path)
	if err != nil {
		return nil, err
	}
	want, added := decode(d.body), decode(raw)
	if p.rest != nil {
		array := wrap("["+raw+"]", p.rest[1:])
		return d.proven(d.insert(p, p.rest[0], array), want.set(path, list(added)), path)
	}
	if d.body[p.value.start] != '[' {
		return nil, &PathError{path, d.typeName(p.value) + ", not an array"}
	}
	p.chain = append(p.chain, d.container(p.value))
	at := want.at(path)
	at.items = append(at.items, added)
	return d.proven(d.insert(p, "", raw), want, path)
}
