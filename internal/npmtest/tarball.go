package npmtest

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"crypto/sha1"
	"crypto/sha512"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"io/fs"
	"time"
)

// packedAt is the date that npm itself gives every file it packs.
var packedAt = time.Date(1985, time.October, 26, 8, 15, 0, 0, time.UTC)

// pack makes the tarball from every file in dir. The same files always give the same bytes.
func (v *npmVersion) pack(dir fs.FS) error {
	var packed bytes.Buffer
	zipped := gzip.NewWriter(&packed)
	archive := tar.NewWriter(zipped)
	err := fs.WalkDir(dir, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		if !entry.Type().IsRegular() {
			return fmt.Errorf("%s is not a regular file", name)
		}
		return v.packFile(archive, dir, name)
	})
	if err != nil {
		return err
	}
	if err := archive.Close(); err != nil {
		return err
	}
	if err := zipped.Close(); err != nil {
		return err
	}
	v.tarball = packed.Bytes()
	return nil
}

func (v *npmVersion) packFile(archive *tar.Writer, dir fs.FS, name string) error {
	data, err := fs.ReadFile(dir, name)
	if err != nil {
		return err
	}
	header := &tar.Header{Name: "package/" + name, Mode: 0o644, Size: int64(len(data)), ModTime: packedAt}
	if err := archive.WriteHeader(header); err != nil {
		return err
	}
	v.files++
	v.bytes += len(data)
	_, err = archive.Write(data)
	return err
}

// integrity is the tarball's hash as lock files have it.
func (v *npmVersion) integrity() string {
	sum := sha512.Sum512(v.tarball)
	return "sha512-" + base64.StdEncoding.EncodeToString(sum[:])
}

// shasum is the hash that older clients check.
func (v *npmVersion) shasum() string {
	sum := sha1.Sum(v.tarball)
	return hex.EncodeToString(sum[:])
}
