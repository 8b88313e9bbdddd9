// Package gitindex tells whether git tracks a file, from the index of the repository.
//
// It runs no git: there may be none, and the format is stable
// (git-scm.com/docs/index-format, versions 2 to 4).
package gitindex

import (
	"bytes"
	"encoding/binary"
	"errors"
)

// ErrFormat: not an index, or one of a kind that is not known (SHA-256, split).
var ErrFormat = errors.New("not an index of git that can be read")

const (
	headerSize = 12 // signature, version, number of entries
	fixedSize  = 62 // of an entry before its name: what stat said, a SHA-1, flags
	flagsAt    = 60
	extended   = 0x4000 // two more bytes of flags follow
)

// Tracked reports whether an index has a file, given by its path from the top of the
// working tree, with slashes. The error is ErrFormat.
func Tracked(index []byte, name string) (bool, error) {
	if len(index) < headerSize || string(index[:4]) != "DIRC" {
		return false, ErrFormat
	}
	version, count := binary.BigEndian.Uint32(index[4:]), binary.BigEndian.Uint32(index[8:])
	if version < 2 || version > 4 {
		return false, ErrFormat
	}
	rest, last := index[headerSize:], []byte(nil)
	for range count {
		var err error
		if last, rest, err = entry(rest, last, version); err != nil {
			return false, err
		}
		if string(last) == name {
			return true, nil
		}
	}
	return false, nil
}

// entry reads the name of one entry; last is that of the one before, which version 4
// shortens names by.
func entry(data, last []byte, version uint32) (name, rest []byte, err error) {
	if len(data) < fixedSize {
		return nil, nil, ErrFormat
	}
	size := fixedSize
	if binary.BigEndian.Uint16(data[flagsAt:])&extended != 0 {
		size += 2
	}
	if len(data) < size {
		return nil, nil, ErrFormat
	}
	rest = data[size:]
	var kept []byte
	if version == 4 {
		strip, used := offset(rest)
		if used == 0 || strip > len(last) {
			return nil, nil, ErrFormat
		}
		kept, rest = last[:len(last)-strip], rest[used:]
	}
	end := bytes.IndexByte(rest, 0)
	if end < 0 {
		return nil, nil, ErrFormat
	}
	name = append(bytes.Clone(kept), rest[:end]...)
	if version == 4 {
		return name, rest[end+1:], nil
	}
	if size = (size + end + 8) &^ 7; size > len(data) { // one to eight NULs
		return nil, nil, ErrFormat
	}
	return name, data[size:], nil
}

// offset reads a number as git's packs have it: seven bits a byte, the highest first,
// one added for each further byte. It is 0 bytes long where it does not end.
func offset(data []byte) (value, used int) {
	for i, b := range data {
		if i > 4 {
			break
		}
		value = value<<7 | int(b&0x7f)
		if b&0x80 == 0 {
			return value, i + 1
		}
		value++
	}
	return 0, 0
}
